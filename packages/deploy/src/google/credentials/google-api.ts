import * as v from 'valibot';
import {
  createHttpClient,
  type HttpAnswer,
  HttpError,
  type HttpRequest,
} from '../../engine/http-client.ts';
import type { Run } from '../../engine/run.ts';
import { ApiError, type Deployer, readRetryInfo } from '../errors/api-error.ts';
import type { Api, Endpoints } from './endpoints.ts';

/** API and method, by Google's names for them. */
export type Method = `${Api} ${string}`;

/** Methods that may do harm when they are executed twice; a policy is protected by its etag. */
const once = / (?:(?:Create|Update|Delete)Function|CreateServiceAccount)$/;

/** Google's REST APIs; a path has the version and no leading slash. Every refusal is an `ApiError`. */
export interface GoogleApi {
  send(method: Method, path: string, json?: unknown): Promise<HttpAnswer>;
  /** The parsed answer. */
  call<S extends v.GenericSchema>(
    method: Method,
    schema: S,
    path: string,
    json?: unknown,
  ): Promise<v.InferOutput<S>>;
  /** All parsed items of a list that comes in pages. */
  list<S extends v.GenericSchema>(
    method: Method,
    items: {
      readonly key: string;
      readonly schema: S;
      readonly limit?: number;
      readonly isInBody?: boolean;
    },
    path: string,
    parameters?: Readonly<Record<string, unknown>>,
  ): Promise<readonly v.InferOutput<S>[]>;
  /** Sends bytes to a signed URL, which is the credential: no other goes with it. */
  upload(request: HttpRequest): Promise<HttpAnswer>;
}

const Page = v.looseObject({ nextPageToken: v.optional(v.string(), '') });

/** Sends requests with the headers that `authorize` gives. */
export function createGoogleApi(
  run: Run,
  endpoints: Endpoints,
  authorize: () => Promise<Readonly<Record<string, string>>>,
  deployer: Deployer,
): GoogleApi {
  const options = { ...run, readRetryAfterMs: readRetryInfo };
  const authorized = createHttpClient({ ...options, authorize });
  const anonymous = createHttpClient(options);
  const refuse = (error: unknown): never => {
    throw error instanceof HttpError ? new ApiError(error, deployer) : error;
  };
  const google: GoogleApi = {
    async send(method, path, json) {
      const [api = '', name = ''] = method.split(' ');
      const url = new URL(path, endpoints(api).url);
      const isRepeatable = !once.test(method);
      const request = { call: method, method: verbOf(name, json), url, json, isRepeatable };
      const answer = await authorized(request).catch(refuse);
      if (answer.json !== null) return answer;
      const problem = `answered with status ${answer.status}, but without JSON`;
      return refuse(new HttpError(method, problem, { answer }));
    },
    call: async (method, schema, path, json) =>
      parse(method, schema, (await google.send(method, path, json)).json),
    async list(method, { key, schema, limit = Infinity, isInBody = false }, path, parameters) {
      const all: v.InferOutput<typeof schema>[] = [];
      let pageToken = '';
      do {
        const query = { ...parameters, ...(pageToken !== '' && { pageToken }) };
        const page = isInBody
          ? await google.call(method, Page, path, query)
          : await google.call(method, Page, `${path}?${queryOf(query)}`);
        all.push(...parse(method, v.optional(v.array(schema), []), page[key]));
        pageToken = page.nextPageToken;
      } while (pageToken !== '' && all.length < limit);
      return all;
    },
    upload: (request) => anonymous(request).catch(refuse),
  };
  return google;
}

/** An answer in its documented form; the error does not show what the answer holds. */
function parse<S extends v.GenericSchema>(method: Method, schema: S, json: unknown) {
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const paths = parsed.issues.map((issue) => v.getDotPath(issue) ?? 'the whole').join(', ');
  throw new Error(`${method}: the answer is not as Google documents it, at ${paths}`);
}

/** Google's methods say what they do: one that reads has a body only where it is a POST. */
function verbOf(method: string, json: unknown): HttpRequest['method'] {
  if (method.startsWith('Update')) return 'PATCH';
  if (method.startsWith('Delete')) return 'DELETE';
  return json === undefined ? 'GET' : 'POST';
}

function queryOf(parameters: Readonly<Record<string, unknown>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&');
}
