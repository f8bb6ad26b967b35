const Module = require('node:module');

// What a tool that replaces Module.prototype.require does to the library.
const original = Module.prototype.require;
Module.prototype.require = function requireElse(id) {
  if (id === '@azure/functions-core') throw new Error('Cannot find module');
  return original.call(this, id);
};
const { app } = require('@azure/functions');

app.http('lost', { handler: async () => ({}) });
