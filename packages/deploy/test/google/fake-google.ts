import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import * as v from 'valibot';
import type { FakeCredentials } from './fake-credentials.ts';
import { fakeFunctions } from './fake-functions.ts';
import { type Answer, Refusal } from './fake-refusal.ts';
import { answerRest, type RestState } from './fake-rest.ts';

/** What goes wrong with a call, once. */
export type Fault =
  /** No answer comes. */
  | 'hang'
  /** The connection breaks, before or after the call is carried out. */
  | 'drop'
  | 'drop after'
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown };

/** A fault in the form of Google's APIs. */
export function refusal(
  status: number,
  code: string,
  message: string,
  details?: readonly object[],
): Answer {
  return new Refusal(status, code, message, details).answer;
}

const apis = [
  'cloudfunctions',
  'run',
  'iam',
  'iamcredentials',
  'secretmanager',
  'logging',
  'serviceusage',
  'cloudbuild',
  'cloudresourcemanager',
];

/** Google, as far as a deployment meets it. */
export async function startFakeGoogle(credentials: FakeCredentials) {
  const faults = new Map<string, Fault[]>();
  const calls: string[] = [];
  const rest: RestState = {
    project: 'my-shop',
    accounts: new Map(),
    policies: new Map(),
    secrets: new Set(['stripe', 'mail']),
    entries: [],
    enabled: new Set(
      ['cloudfunctions', 'run', 'cloudbuild', 'artifactregistry', 'logging', 'iam'].map(
        (name) => `${name}.googleapis.com`,
      ),
    ),
    revisions: new Map(),
    open: new Set(),
    isRestricted: false,
    buildAccount: '123456789012-compute@developer.gserviceaccount.com',
    buildRoles: ['roles/cloudbuild.builds.builder'],
    audiences: [],
    hasService: (name) => functions.functions.has(name.replace('/services/', '/functions/')),
  };
  const functions = fakeFunctions(rest, (object) => `http://127.0.0.1:${port}/upload/${object}`);
  const fake = Object.assign(functions, {
    faults,
    calls,
    rest,
    /** Called with every call before it is answered. */
    onCall: (_name: string): void => {},
    serverTime: null as string | null,
  });

  const server = createServer(async (request, response) => {
    try {
      const { status, body, headers = {} } = await answer(request);
      if (fake.serverTime !== null) response.setHeader('date', fake.serverTime);
      response.writeHead(status, headers);
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    } catch {
      request.socket.destroy();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);

  async function answer(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '', 'http://fake');
    const [, api = '', ...segments] = url.pathname.split('/');
    const path = segments.join('/');
    const bytes = await buffer(request);
    const name = nameOf(request.method ?? '', api, path);
    calls.push(name);
    fake.onCall(name);
    const fault = faults.get(name)?.shift();
    if (fault === 'drop') throw new Error('dropped');
    if (fault === 'hang') return await new Promise<never>(() => {});
    if (typeof fault === 'object') return { body: '', ...fault };
    const answered = api === 'upload' ? upload(request, url, path, bytes) : call();
    if (fault === 'drop after') throw new Error('dropped');
    return answered;

    function call(): Answer {
      try {
        const complaint = credentials.complaint(request.headers.authorization);
        if (complaint !== null) throw new Refusal(401, 'UNAUTHENTICATED', complaint);
        const body = bytes.length === 0 ? {} : JSON.parse(bytes.toString());
        const { searchParams: query } = url;
        const { method = '' } = request;
        return api === 'cloudfunctions'
          ? functions.answer(name, path.replace(/^v2\//, ''), query, body)
          : answerRest(rest, api, { method, path, query, body });
      } catch (error) {
        if (error instanceof Refusal) return error.answer;
        if (!v.isValiError(error)) throw error;
        const problem = `${v.getDotPath(error.issues[0])}: ${error.message}`;
        return refusal(400, 'INVALID_ARGUMENT', problem);
      }
    }
  }

  function upload(request: IncomingMessage, url: URL, object: string, body: Buffer): Answer {
    const refuse = (code: string, message: string): Answer => ({
      status: 403,
      headers: { 'content-type': 'application/xml' },
      body: `<?xml version='1.0'?><Error><Code>${code}</Code><Message>${message}</Message><StringToSign>${url.search}</StringToSign></Error>`,
    });
    const signature = url.searchParams.get('X-Goog-Signature');
    if (request.method !== 'PUT' || fake.uploads.get(object) !== signature) {
      return refuse('SignatureDoesNotMatch', 'The signature does not match.');
    }
    if (request.headers.authorization !== undefined) return refuse('AccessDenied', 'credentials');
    if (request.headers['content-type'] !== 'application/zip') {
      return refuse('MalformedSecurityHeader', 'content-type');
    }
    fake.put('gcf-v2-uploads', object, body);
    return { status: 200, body: '' };
  }

  return Object.assign(fake, {
    port,
    env: Object.fromEntries(
      apis.map((api) => [
        `CLOUDSDK_API_ENDPOINT_OVERRIDES_${api.toUpperCase()}`,
        `http://127.0.0.1:${port}/${api}/`,
      ]),
    ),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

/** The Functions API's calls have the names of its methods; the others those of HTTP. */
function nameOf(method: string, api: string, path: string): string {
  if (api !== 'cloudfunctions') return `${method} ${api}${/:\w+$/.exec(path)?.[0] ?? ''}`;
  const [, found] = functionsMethods.find(([pattern]) => pattern.test(`${method} ${path}`)) ?? [];
  return found ?? `${method} ${path}`;
}

const functionsMethods: readonly (readonly [RegExp, string])[] = [
  [/^GET v2\/[^?]*\/functions\/[^/]+$/, 'GetFunction'],
  [/^GET v2\/[^?]*\/functions$/, 'ListFunctions'],
  [/^POST v2\/[^?]*\/functions:generateUploadUrl$/, 'GenerateUploadUrl'],
  [/^POST v2\/[^?]*\/functions$/, 'CreateFunction'],
  [/^PATCH v2\/[^?]*\/functions\/[^/]+$/, 'UpdateFunction'],
  [/^DELETE v2\/[^?]*\/functions\/[^/]+$/, 'DeleteFunction'],
  [/^GET v2\/[^?]*\/operations\/[^/]+$/, 'GetOperation'],
  [/^GET v2\/[^?]*\/operations$/, 'ListOperations'],
  [/^GET v2\/projects\/[^/]+\/locations$/, 'ListLocations'],
];

/** Where a server listens. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it does not listen');
  return address.port;
}
