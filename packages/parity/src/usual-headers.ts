import type { Provider } from '@tricloud/adapters';

const anyServer = ['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding'];

/** Headers that a provider itself adds to every answer, whatever the function says. */
export const usualHeaders: Readonly<Record<Provider, readonly string[]>> = {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html and what
  // API Gateway, Function URLs and load balancers were seen to send.
  aws: [
    ...anyServer,
    'server',
    'via',
    'apigw-requestid',
    'x-amz-apigw-id',
    'x-amzn-requestid',
    'x-amzn-trace-id',
  ],
  // https://cloud.google.com/run/docs/container-contract: the front end's own.
  google: [...anyServer, 'server', 'alt-svc', 'x-cloud-trace-context', 'function-execution-id'],
  // Kestrel's own, and what @azure/functions itself adds when it streams (Azure/azure-functions-nodejs-library
  // src/http/httpProxy.ts).
  azure: [...anyServer, 'server', 'request-context', 'x-ms-invocation-id'],
  node: anyServer,
};
