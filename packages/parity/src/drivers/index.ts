export { azureInvocation, azureSend, type AzureFunction, type AzureMode } from './azure.ts';
export { googleSend } from './google.ts';
export { lambdaInvoke, lambdaSend, type LambdaFunction } from './lambda.ts';
export { lambdaEvent, type LambdaShape } from './lambda-event.ts';
export { installAwsLambda, lambdaStreamSend } from './lambda-stream.ts';
export { nodeSend } from './node.ts';
export type { ServedSend } from './served.ts';
