const Module = require('node:module');

// What a tool that replaces Module.prototype.require does to the library.
Module.prototype.require = new Proxy(Reflect.get(Module.prototype, 'require'), {
  apply(require, module, [id]) {
    if (id === '@azure/functions-core') throw new Error('Cannot find module');
    return Reflect.apply(require, module, [id]);
  },
});
const { app } = require('@azure/functions');

app.http('lost', { handler: async () => ({}) });
