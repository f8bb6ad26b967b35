import { jsonFile, modulePackageJson, requireBanner, type ProviderApp } from '../provider-app.ts';

/** Azure Functions, programming model v4: the host loads `main` and the code registers its function. */
export const azure: ProviderApp = {
  folder: 'azure-functions',
  entry: `import { app } from '@azure/functions';
import { toAzureFunction } from '@tricloud/adapters/azure';
import { handler } from '@tricloud/function';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

app.setup({ enableHttpStream: true });
app.http('tricloud', {
  route: '{*path}',
  methods,
  authLevel: process.env['TRICLOUD_AUTH'] === 'iam' ? 'function' : 'anonymous',
  handler: toAzureFunction(handler, { httpStream: true }),
});
`,
  bundleOptions: {
    // The package's own minified build; its entry is a development build, and 0.8 kB (gzip) larger when minified here.
    alias: { '@azure/functions': '@azure/functions/dist/azure-functions.min.js' },
    // Exists only inside the host, which intercepts `require` for this name.
    external: ['@azure/functions-core'],
    // @azure/functions is CommonJS; inlined in an ES module it needs a `require`.
    banner: { js: requireBanner },
  },
  files: [
    modulePackageJson,
    jsonFile('host.json', { version: '2.0', extensions: { http: { routePrefix: '' } } }),
  ],
};
