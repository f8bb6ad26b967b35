import { toLambda, toLambdaStream } from '@tricloud/adapters/aws';
import { toAzureFunction, type AzureOptions } from '@tricloud/adapters/azure';
import { leaveBodiesUnread, toCloudFunction } from '@tricloud/adapters/google';
import { toNodeListener } from '@tricloud/adapters/node';
import type { FetchHandler, Provider } from '@tricloud/adapters';
import {
  azureSend,
  googleSend,
  installAwsLambda,
  lambdaInvoke,
  lambdaSend,
  lambdaStreamSend,
  nodeSend,
  type AzureMode,
  type LambdaShape,
} from '../src/drivers/index.ts';
import type { Invoke, Send } from '../src/index.ts';

/** An adapter in memory behind one front door of its provider. */
export interface MemoryRuntime {
  readonly name: string;
  readonly provider: Provider;
  readonly shape?: LambdaShape;
  open(handler: FetchHandler): Promise<OpenRuntime>;
}

/** A runtime that can be asked until it is closed. */
export interface OpenRuntime {
  readonly send: Send;
  readonly invoke?: Invoke;
  close(): void | Promise<void>;
}

const shapes: readonly LambdaShape[] = [
  'http-api-2.0',
  'http-api-1.0',
  'rest',
  'function-url',
  'alb',
  'alb-multi-value',
];

/** Every adapter behind every front door that its provider has. */
export const memoryRuntimes: readonly MemoryRuntime[] = [
  ...shapes.map((shape): MemoryRuntime => ({
    name: `aws ${shape}`,
    provider: 'aws',
    shape,
    async open(handler) {
      const lambda = toLambda(handler);
      // Events by hand do not come through a front door; one runtime is enough to tell them.
      const invoke = shape === 'http-api-2.0' ? { invoke: lambdaInvoke(lambda) } : {};
      return { send: lambdaSend(lambda, shape), ...invoke, close: () => undefined };
    },
  })),
  {
    name: 'aws function-url streaming',
    provider: 'aws',
    shape: 'function-url',
    async open(handler) {
      const close = installAwsLambda();
      return { send: lambdaStreamSend(toLambdaStream(handler)), close };
    },
  },
  {
    name: 'google functions-framework',
    provider: 'google',
    open: (handler) => googleSend(toCloudFunction(handler)),
  },
  {
    name: 'google functions-framework, bodies unread',
    provider: 'google',
    async open(handler) {
      const readAgain = leaveBodiesUnread();
      const served = await googleSend(toCloudFunction(handler));
      return {
        send: served.send,
        async close() {
          readAgain();
          await served.close();
        },
      };
    },
  },
  azure('azure buffered', {}, {}),
  azure('azure buffered, told so', { httpStream: false }, {}),
  azure('azure streaming', {}, { httpStream: true }),
  azure('azure streaming, told so', { httpStream: true }, { httpStream: true }),
  { name: 'node', provider: 'node', open: (handler) => nodeSend(toNodeListener(handler)) },
];

function azure(name: string, options: AzureOptions, mode: AzureMode): MemoryRuntime {
  return {
    name,
    provider: 'azure',
    async open(handler) {
      return { send: azureSend(toAzureFunction(handler, options), mode), close: () => undefined };
    },
  };
}
