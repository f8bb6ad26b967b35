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
  const waitUntilDone = (first: HttpAnswer, onPoll: () => Promise<void>) => {
    const operation = first.headers.get('azure-asyncoperation');
    let next = operation ?? first.headers.get('location');
    const isDone = (answer: HttpAnswer) =>
      operation === null
        ? answer.status !== 202
        : /^(?:Succeeded|Failed|Canceled)$/.test(statusIn(answer.json));
    const look = async () => {
      if (next === null) return first;
      const answer = await get(next);
      if (operation === null) next = answer.headers.get('location') ?? next;
      if (!isDone(answer)) await onPoll();
      return answer;
    };
    return poll(look, isDone, { timing, signal }, ({ headers }) =>
      readRetryAfter(headers.get('retry-after'), timing.now()),
    );
  };
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
    async run(request, onPoll = () => Promise.resolve()) {
      const first = await send(request);
      const isAsync = first.status === 202 || first.headers.has('azure-asyncoperation');
      if (!isAsync) return;
      const { json } = await waitUntilDone(first, onPoll);
      const status = statusIn(json);
      if (!['Failed', 'Canceled'].includes(status)) return;
      const said = readErrorBody(json) ?? {
        code: null,
        message: `the operation ended as ${status}`,
      };
      throw new AzureFailureError(said.code, said.message);
    },
  };
}

function statusIn(json: unknown): string {
  return v.is(OperationSchema, json) ? json.status : '';
}
