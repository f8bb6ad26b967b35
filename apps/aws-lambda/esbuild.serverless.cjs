// serverless-esbuild wants a function from a file it can `require`; the options are those of every other build.
const { default: options } = require('./esbuild.config.mjs');

module.exports = () => ({ ...options, outputFileExtension: '.mjs' });
