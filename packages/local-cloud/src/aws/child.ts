import { Agent } from 'node:http';
import { awaitAssignment, blockOutput, exitWithParent } from '@tricloud/supervisor/in-child';
import { loadHandler } from './child/load-handler.ts';
import { patchConsole, setRequestId } from './child/console.ts';
import { toFault } from './child/fault.ts';
import { invoke } from './child/invoke.ts';
import { installAwslambda } from './child/response-stream.ts';
import { createRuntimeClient } from './child/client.ts';

exitWithParent();
blockOutput();
await awaitAssignment();

const client = createRuntimeClient(
  process.env['AWS_LAMBDA_RUNTIME_API'] ?? '',
  new Agent({ keepAlive: true }),
);
let currentId: string | undefined;

patchConsole();
installAwslambda();
process.on('uncaughtException', (error) => void fail('Uncaught Exception', error, 129));
process.on('unhandledRejection', (reason) => void fail('Unhandled Promise Rejection', reason, 128));

const handler = await loadHandler(
  process.env['LAMBDA_TASK_ROOT'] ?? process.cwd(),
  process.env['_HANDLER'] ?? 'index.handler',
).catch(async (error: unknown) => {
  console.error('Init Error', error);
  await client.initError(toFault(error));
  process.exit(1);
});

for (;;) {
  const invocation = await client.next();
  currentId = invocation.id;
  setRequestId(invocation.id);
  process.env['_X_AMZN_TRACE_ID'] = invocation.traceId;
  await invoke(handler, invocation, client);
  currentId = undefined;
}

/** As the runtime does: the invocation fails, and the instance with it. */
async function fail(title: string, reason: unknown, exitCode: number): Promise<never> {
  console.error(title, reason);
  if (currentId !== undefined)
    await client.error(currentId, toFault(reason)).catch(() => undefined);
  process.exit(exitCode);
}
