import * as v from 'valibot';
import {
  type HttpAnswer,
  type HttpClient,
  type HttpRequest,
  readRetryAfter,
} from '../../engine/http-client.ts';
import { poll } from '../../engine/poll.ts';
import type { Run } from '../../engine/run.ts';
import { readErrorBody } from '../errors/error-body.ts';
import { AzureFailureError } from '../errors/errors.ts';

/** A request of Resource Manager. All of ours may be sent twice. */
export interface ArmRequest extends Pick<HttpRequest, 'method' | 'json' | 'accept' | 'headers'> {
  /** Begins with a slash; may have a query. */
  readonly path: string;
  /** The API version. */
  readonly version: string;
}

/** Resource Manager, https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations. */
export interface Arm {
  send(request: ArmRequest): Promise<HttpAnswer>;
  /** JSON of a resource; null where it does not exist. */
  read(path: string, version: string): Promise<unknown>;
  /** Every page of a list; empty where its parent does not exist. */
  list(path: string, version: string): Promise<readonly unknown[]>;
  /**
   * Sends a request and waits until its operation has ended; `onPoll` is called at each look before the last.
   *
   * @throws {AzureFailureError} where the operation failed; {OperationTimeoutError} after the limit.
   */
  run(request: ArmRequest, onPoll?: () => Promise<void>): Promise<void>;
}

const PageSchema = v.object({ value: v.array(v.unknown()), nextLink: v.nullish(v.string()) });
const OperationSchema = v.object({ status: v.string() });

/** Resource Manager by an HTTP client that has its credentials. */
export function createArm(
  client: HttpClient,
  resourceManager: string,
  { timing, signal }: Pick<Run, 'timing' | 'signal'>,
): Arm {
  const send = ({ path, version, ...request }: ArmRequest) => {
    const url = new URL(`${resourceManager}${path}`);
    url.searchParams.set('api-version', version);
    const call = `${request.method} ${url.pathname}`;
    return client({ ...request, call, url, isRepeatable: true });
  };
  const get = (url: string | URL) =>
    client({ call: `GET ${new URL(url).pathname}`, method: 'GET', url });
  return {
    send,
    async read(path, version) {
      const { status, json } = await send({ method: 'GET', path, version, accept: [404] });
      return status === 404 ? null : json;
    },
    async list(path, version) {
      const values: unknown[] = [];
      let answer = await send({ method: 'GET', path, version, accept: [404] });
      while (answer.status !== 404) {
        const { value, nextLink } = v.parse(PageSchema, answer.json);
        values.push(...value);
        if (!nextLink) break;
        answer = await get(nextLink);
      }
      return values;
    },
    async run(request, onPoll) {
      const first = await send(request);
      const { json } = await waitUntilDone(first, { get, onPoll, timing, signal });
      const status = statusIn(json);
      if (!['Failed', 'Canceled'].includes(status)) return;
      const { code, message } = readErrorBody(json) ?? { code: status, message: 'no reason given' };
      throw new AzureFailureError(code, message);
    },
  };
}

interface Waiting extends Pick<Run, 'timing' | 'signal'> {
  readonly get: (url: string) => Promise<HttpAnswer>;
  readonly onPoll: (() => Promise<void>) | undefined;
}

/** Reads an operation's status, or its location where it has none, until it has ended. */
async function waitUntilDone(
  first: HttpAnswer,
  { get, onPoll, timing, signal }: Waiting,
): Promise<HttpAnswer> {
  const operation = first.headers.get('azure-asyncoperation');
  let next = operation ?? first.headers.get('location');
  const isDone = ({ status, json }: HttpAnswer) =>
    operation === null
      ? status !== 202
      : ['Succeeded', 'Failed', 'Canceled'].includes(statusIn(json));
  if (next === null || (operation === null && isDone(first))) return first;
  const look = async (url: string) => {
    const answer = await get(url);
    next = operation ?? answer.headers.get('location') ?? url;
    if (!isDone(answer)) await onPoll?.();
    return answer;
  };
  return poll(
    () => look(next ?? ''),
    isDone,
    { timing, signal },
    ({ headers }) => readRetryAfter(headers.get('retry-after'), timing.now()),
  );
}

function statusIn(json: unknown): string {
  return v.is(OperationSchema, json) ? json.status : '';
}
