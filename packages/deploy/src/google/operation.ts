import type { ApiError } from './api-error.ts';
import type { DeployedFunction } from './deployed-function.ts';

/** A stage of a deployment, such as `BUILD`. */
export interface Stage {
  readonly name: string;
  /** Such as `IN_PROGRESS`. */
  readonly state: string;
  readonly message: string;
  /** Where more is to be seen, such as the log of a build. */
  readonly resourceUri: string;
  /** What it says beside, such as why a build failed. */
  readonly messages: readonly string[];
}

/** Something that goes on at Google for a while. */
export interface Operation {
  readonly name: string;
  readonly isDone: boolean;
  readonly error: ApiError | null;
  /** The function that it changes. */
  readonly target: string;
  /** Such as `update`. */
  readonly verb: string;
  readonly stages: readonly Stage[];
  /** The function that was asked for; null where the operation does not tell. */
  readonly asked: DeployedFunction | null;
}

const words: Readonly<Record<string, string>> = {
  ARTIFACT_REGISTRY: 'repository',
  BUILD: 'build',
  SERVICE: 'service',
  TRIGGER: 'trigger',
  SERVICE_ROLLBACK: 'service back to what it was',
  TRIGGER_ROLLBACK: 'trigger back to what it was',
};

/** How far an operation is, such as `build: IN_PROGRESS`; empty before it says anything. */
export function progressOf({ stages }: Operation): string {
  return stages
    .filter(({ state }) => state !== 'NOT_STARTED')
    .map(
      ({ name, state }) => `${words[name] ?? name}: ${state === 'COMPLETE' ? 'done' : 'progress'}`,
    )
    .join(', ');
}

/** What an operation that failed says, with the build's log where it names one. */
export function failureOf({ error, stages }: Operation): string {
  const said = error?.message ?? 'the operation failed and does not say why';
  const stage = stages.find(({ messages }) => messages.length > 0);
  const more = (stage?.messages ?? []).filter((message) => !said.includes(message));
  const build = stages.find(({ name }) => name === 'BUILD')?.resourceUri ?? '';
  const log = build === '' || said.includes(build) ? [] : [`The build’s log: ${build}`];
  return [said, ...more, ...log].join('\n');
}
