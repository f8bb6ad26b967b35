import { app, type HttpMethod } from '@azure/functions';
import { toAzureFunction } from '@tricloud/adapters/azure';
import { handler } from '@tricloud/function';

const methods: HttpMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

app.setup({ enableHttpStream: true });
app.http('tricloud', {
  route: '{*path}',
  methods,
  authLevel: process.env['TRICLOUD_AUTH'] === 'iam' ? 'function' : 'anonymous',
  handler: toAzureFunction(handler, { httpStream: true }),
});
