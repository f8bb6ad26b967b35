import * as v from 'valibot';
import type { ReportProgress } from '../../engine/run.ts';
import { poll } from '../../engine/poll.ts';
import type { GoogleSession } from '../credentials/session.ts';
import { OperationError } from '../errors/operation-error.ts';
import { DeployedFunctionSchema } from './deployed-function.ts';

const text = v.optional(v.string(), '');

const Stage = v.object({
  name: text,
  state: text,
  resourceUri: text,
  stateMessages: v.optional(v.array(v.object({ message: text })), []),
});

/** The request that started an operation, or the function alone; null where it is neither. */
const Requested = v.fallback(
  v.union([
    v.pipe(
      v.object({ function: DeployedFunctionSchema }),
      v.transform((request) => request.function),
    ),
    v.nullable(DeployedFunctionSchema),
  ]),
  null,
);

/** A long-running operation (https://google.aip.dev/151, 2026-12-01). */
export const OperationSchema = v.object({
  name: text,
  done: v.optional(v.boolean(), false),
  error: v.optional(v.object({ code: v.optional(v.number(), 2), message: text })),
  metadata: v.optional(
    v.object({
      target: text,
      stages: v.optional(v.array(Stage), []),
      requestResource: v.optional(Requested, null),
    }),
    {},
  ),
});

export type Operation = v.InferOutput<typeof OperationSchema>;

/**
 * Waits for the end of an operation. It continues at Google after an interruption: the API cannot cancel it.
 *
 * @returns the operation as it ended, failed or not.
 */
export async function waitForOperation(
  session: GoogleSession,
  api: 'cloudfunctions' | 'run',
  started: Operation,
  onProgress: ReportProgress = () => {},
): Promise<Operation> {
  let reported = '';
  let next: Operation | null = started;
  const read = async () => {
    const path = `v2/${started.name}`;
    const operation =
      next ?? (await session.api.call(`${api} GetOperation`, OperationSchema, path));
    next = null;
    const progress = progressOf(operation);
    if (progress !== reported && !operation.done) onProgress(progress);
    reported = progress;
    return operation;
  };
  return poll(read, ({ done }) => done, session);
}

const words: Readonly<Record<string, string>> = {
  ARTIFACT_REGISTRY: 'repository',
  BUILD: 'build',
  SERVICE: 'service',
  TRIGGER: 'trigger',
  SERVICE_ROLLBACK: 'rollback of the service',
  TRIGGER_ROLLBACK: 'rollback of the trigger',
};

/** Such as `build: done, service: in progress`; empty before the first stage. */
function progressOf({ metadata }: Operation): string {
  return metadata.stages
    .filter(({ state }) => state !== 'NOT_STARTED')
    .map(({ name, state }) => [words[name] ?? name, state === 'COMPLETE' ? 'done' : 'in progress'])
    .map((stage) => stage.join(': '))
    .join(', ');
}

/** The operation that runs for the function, which is among the latest; null where none does. */
export async function findRunningOperation({
  api,
  names,
}: GoogleSession): Promise<Operation | null> {
  const operations = await api.list(
    'cloudfunctions ListOperations',
    { key: 'operations', schema: OperationSchema, limit: 200 },
    `v2/${names.location}/operations`,
    { pageSize: 100 },
  );
  const isRunning = ({ done, metadata }: Operation) => !done && metadata.target === names.function;
  return operations.find(isRunning) ?? null;
}

/** Names of `google.rpc.Code` by number, as far as an operation ends with them. */
const codes: Readonly<Record<number, string>> = {
  3: 'INVALID_ARGUMENT',
  5: 'NOT_FOUND',
  6: 'ALREADY_EXISTS',
  7: 'PERMISSION_DENIED',
  8: 'RESOURCE_EXHAUSTED',
  9: 'FAILED_PRECONDITION',
  10: 'ABORTED',
  13: 'INTERNAL',
  14: 'UNAVAILABLE',
};

/** The error of an operation, with the build's own messages and log; null where it did not fail. */
export function operationError(
  { names, redact }: GoogleSession,
  { error, metadata: { stages } }: Operation,
  details: { readonly builtBy?: string | null; readonly note?: string } = {},
): OperationError | null {
  if (error === undefined) return null;
  const build = stages.find(({ name }) => name === 'BUILD')?.resourceUri;
  const more = [
    ...stages.flatMap(({ stateMessages }) => stateMessages.map(({ message }) => message)),
    ...(build ? [`The build’s log: ${build}`] : []),
  ].filter((line) => !error.message.includes(line.replace('The build’s log: ', '')));
  const message = [error.message, ...more, ...(details.note ? [details.note] : [])].join('\n');
  const code = codes[error.code] ?? 'UNKNOWN';
  return new OperationError(redact(message), {
    code,
    project: names.project,
    builtBy: details.builtBy ?? null,
  });
}
