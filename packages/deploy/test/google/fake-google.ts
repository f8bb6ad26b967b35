import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { unzipSync } from 'fflate';
import type { FakeCredentials } from './fake-credentials.ts';
import { any, type Detail, type Message, portOf, Refusal, serveGrpc, types } from './fake-grpc.ts';
import { answerRest, type RestState } from './fake-rest.ts';

/** What goes wrong with a call, once. */
export type Fault =
  | { readonly code: number; readonly message: string; readonly details?: readonly Detail[] }
  /** No answer comes. */
  | 'hang'
  /** The connection breaks, before or after the call is carried out. */
  | 'drop'
  | 'drop after'
  /** An answer of HTTP. */
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown };

/** How a build goes. */
export interface Build {
  readonly polls: number;
  /** Null for one that succeeds. */
  readonly fails: { readonly code: number; readonly message: string } | null;
}

interface Going {
  readonly name: string;
  readonly target: string;
  readonly verb: string;
  readonly request: Message;
  readonly build: Build;
  polls: number;
  isDone: boolean;
  end(): void;
}

const region = 'us-central1';
const project = 'my-shop';
const sources = `gcf-v2-sources-123456789012-${region}`;
export const logUri = `https://console.cloud.google.com/cloud-build/builds;region=${region}/4f1d?project=123456789012`;

/** Google, as far as a deployment meets it: what it is sent is checked by the official client's own types. */
export async function startFakeGoogle(credentials: FakeCredentials) {
  const functions = new Map<string, Message>();
  const operations = new Map<string, Going>();
  const objects = new Map<string, Map<string, Uint8Array>>();
  const uploads = new Map<string, { object: string; signature: string }>();
  const faults = new Map<string, Fault[]>();
  const calls: string[] = [];
  const signatures: string[] = [];
  const rest: RestState = {
    project,
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
    hasService: (name) => functions.has(name.replace('/services/', '/functions/')),
  };
  const fake = {
    functions,
    operations,
    objects,
    faults,
    calls,
    signatures,
    rest,
    build: { polls: 3, fails: null } as Build,
    /** Told of every call before it is answered. */
    onCall: (_name: string): void => {},
    /** Accounts that other services do not know yet, with the number of times that they will say so. */
    unknownAccountFor: 0,
    serverTime: null as string | null,
  };
  let generation = 1_700_000_000_000_000;
  let count = 0;

  const takeFault = (name: string) => {
    calls.push(name);
    fake.onCall(name);
    return faults.get(name)?.shift();
  };

  const put = (bucket: string, object: string, bytes: Uint8Array) => {
    const key = `${bucket}/${object}`;
    const made = String(++generation);
    const versions = objects.get(key) ?? new Map<string, Uint8Array>();
    objects.set(key, versions.set(made, bytes));
    return made;
  };

  const begin = (target: string, verb: string, request: Message, end: () => void): Message => {
    const name = `projects/${project}/locations/${region}/operations/operation-${++count}`;
    const going = { name, target, verb, request, build: fake.build, polls: 0, isDone: false, end };
    operations.set(name, going);
    return tell(going);
  };

  const methods: Record<string, (request: Message) => Message> = {
    GetFunction: ({ name }) => found(name),
    ListFunctions: ({ parent }) => {
      check(parent === `projects/${project}/locations/${region}`, `parent ${parent}`);
      return { functions: [...functions.values()] };
    },
    GenerateUploadUrl: ({ parent, environment }) => {
      check(parent === `projects/${project}/locations/${region}`, `parent ${parent}`);
      check(environment === 'GEN_2', `environment ${environment}`);
      const object = `upload-${++count}.zip`;
      const signature = `planted-signature-${count}-${Math.random()}`;
      uploads.set(object, { object, signature });
      signatures.push(signature);
      return {
        uploadUrl: `http://127.0.0.1:${httpPort}/upload/${object}?X-Goog-Signature=${signature}`,
        storageSource: { bucket: 'gcf-v2-uploads', object },
      };
    },
    CreateFunction: ({ parent, functionId, function: asked }) => {
      const name = `${parent}/functions/${functionId}`;
      check(/^[a-z][a-z0-9-]{2,61}[a-z0-9]$/.test(functionId), `function_id ${functionId}`);
      check(asked.name === name, `function.name ${asked.name}`);
      check(asked.environment === 'GEN_2', `environment ${asked.environment}`);
      if (functions.has(name)) throw new Refusal(6, `Resource '${name}' already exists`);
      checkFunction(asked);
      const bytes = bytesOf(asked.buildConfig.source.storageSource);
      const build = fake.build;
      functions.set(name, { ...asked, state: 'DEPLOYING', updateTime: now() });
      return begin(
        name,
        'create',
        any('google.cloud.functions.v2.CreateFunctionRequest', {
          parent,
          functionId,
          function: asked,
        }),
        () => {
          if (build.fails !== null) {
            functions.set(name, { ...asked, state: 'FAILED', updateTime: now() });
            return;
          }
          functions.set(name, deployed(asked, bytes, 1));
        },
      );
    },
    UpdateFunction: ({ function: asked, updateMask }) => {
      const before = found(asked.name);
      if (before.state === 'DEPLOYING' || before.state === 'DELETING') {
        throw new Refusal(10, `unable to queue the operation: ${asked.name} is busy`);
      }
      const paths: string[] = updateMask?.paths ?? [];
      check(paths.length > 0, 'no update_mask');
      const after = structuredClone(before);
      for (const path of paths) copyField(asked, after, path);
      checkFunction(after);
      const changesSource = paths.includes('build_config.source');
      const bytes = changesSource ? bytesOf(asked.buildConfig.source.storageSource) : null;
      const build = fake.build;
      functions.set(asked.name, { ...before, state: 'DEPLOYING' });
      return begin(
        asked.name,
        'update',
        any('google.cloud.functions.v2.UpdateFunctionRequest', { function: asked, updateMask }),
        () => {
          const revision = Number(/\d+(?=-)/.exec(before.serviceConfig.revision ?? '0-')?.[0]) + 1;
          if (build.fails !== null) functions.set(asked.name, before);
          else functions.set(asked.name, deployed(after, bytes, revision));
        },
      );
    },
    DeleteFunction: ({ name }) => {
      const before = found(name);
      functions.set(name, { ...before, state: 'DELETING' });
      const build = fake.build;
      return begin(
        name,
        'delete',
        any('google.cloud.functions.v2.DeleteFunctionRequest', { name }),
        () => {
          if (build.fails !== null) {
            functions.set(name, before);
            return;
          }
          const service = name.replace('/functions/', '/services/');
          functions.delete(name);
          rest.policies.delete(`v2/${service}`);
          rest.revisions.delete(service);
        },
      );
    },
    GetOperation: ({ name }) => {
      const going = operations.get(name);
      if (going === undefined) throw new Refusal(5, `no operation ${name}`);
      if (++going.polls >= going.build.polls && !going.isDone) {
        going.isDone = true;
        going.end();
      }
      return tell(going);
    },
    ListOperations: ({ name }) => {
      check(name === `projects/${project}/locations/${region}`, `name ${name}`);
      return { operations: [...operations.values()].map(tell).toReversed() };
    },
    ListLocations: ({ name }) => {
      check(name === `projects/${project}`, `name ${name}`);
      return { locations: [{ name: `${name}/locations/${region}`, locationId: region }] };
    },
  };

  function found(name: string): Message {
    const it = functions.get(name);
    if (it === undefined) throw new Refusal(5, `Resource '${name}' was not found`);
    return it;
  }

  function checkFunction({ labels, buildConfig, serviceConfig: service }: Message) {
    for (const [key, value] of Object.entries<string>(labels ?? {})) {
      check(/^[a-z][a-z0-9_-]{0,62}$/.test(key), `label ${key}`);
      check(/^[a-z0-9_-]{0,63}$/.test(value), `label ${key}=${value}`);
    }
    check(buildConfig.runtime === 'nodejs24', `runtime ${buildConfig.runtime}`);
    check(buildConfig.entryPoint === 'tricloud', `entry_point ${buildConfig.entryPoint}`);
    check(/^\d+Mi$/.test(service.availableMemory), `memory ${service.availableMemory}`);
    const mib = Number(service.availableMemory.slice(0, -2));
    const cpu = Number(service.availableCpu || Math.min(mib / 2048, 2));
    const concurrency = service.maxInstanceRequestConcurrency ?? 1;
    check(concurrency === 1 || cpu >= 1, `concurrency ${concurrency} with ${cpu} vCPU`);
    check(service.timeoutSeconds >= 1 && service.timeoutSeconds <= 3600, 'timeout_seconds');
    const email = service.serviceAccountEmail;
    if (!rest.accounts.has(email) || fake.unknownAccountFor-- > 0) {
      throw new Refusal(5, `Service account ${email} was not found.`);
    }
    for (const { projectId, secret } of service.secretEnvironmentVariables ?? []) {
      const policy = rest.policies.get(`v1/projects/${projectId}/secrets/${secret}`);
      const mayRead = policy?.bindings.some(
        ({ role, members }: Message) =>
          role === 'roles/secretmanager.secretAccessor' &&
          members.includes(`serviceAccount:${email}`),
      );
      check(mayRead === true, `${email} may not read ${secret}`);
    }
  }

  function bytesOf({ bucket, object, generation: asked }: Message): Uint8Array {
    const versions = objects.get(`${bucket}/${object}`);
    const latest = [...(versions?.keys() ?? [])].at(-1);
    const key = asked === undefined || asked === '0' ? latest : asked;
    const bytes = versions?.get(key ?? '');
    if (bytes === undefined) throw new Refusal(5, `No such object: ${bucket}/${object}#${asked}`);
    const files = unzipSync(bytes);
    const manifest = JSON.parse(Buffer.from(files['package.json'] ?? '').toString() || '{}');
    check(manifest.dependencies !== undefined, 'package.json without dependencies');
    return bytes;
  }

  function deployed(asked: Message, bytes: Uint8Array | null, revision: number): Message {
    const id = asked.name.split('/').at(-1);
    const object = `${id}/function-source.zip`;
    const service = asked.name.replace('/functions/', '/services/');
    const read = (asked.serviceConfig.secretEnvironmentVariables ?? []).map(
      ({ projectId, secret }: Message) =>
        projectId === project ? secret : `projects/${projectId}/secrets/${secret}`,
    );
    rest.revisions.set(service, [...(rest.revisions.get(service) ?? []), read]);
    const storageSource =
      bytes === null
        ? asked.buildConfig.source.storageSource
        : { bucket: sources, object, generation: put(sources, object, bytes) };
    return {
      ...asked,
      state: 'ACTIVE',
      updateTime: now(),
      url: `https://${region}-${project}.cloudfunctions.net/${id}`,
      buildConfig: {
        ...asked.buildConfig,
        build: `projects/123456789012/locations/${region}/builds/4f1d`,
        source: { storageSource },
        sourceProvenance: { resolvedStorageSource: storageSource },
      },
      serviceConfig: {
        ...asked.serviceConfig,
        availableCpu: asked.serviceConfig.availableCpu || '0.3333',
        maxInstanceCount: asked.serviceConfig.maxInstanceCount || 100,
        environmentVariables: {
          ...asked.serviceConfig.environmentVariables,
          LOG_EXECUTION_ID: 'true',
        },
        service,
        uri: `https://${id}-abcdef-uc.a.run.app`,
        revision: `${id}-0000${revision}-xyz`,
      },
    };
  }

  const grpcServer = await serveGrpc(async (method, request, header) => {
    const fault = takeFault(method);
    if (fault === 'drop') {
      grpcServer.drop();
      return await new Promise(() => {});
    }
    if (fault === 'hang') return await new Promise(() => {});
    if (typeof fault === 'object' && 'code' in fault) {
      throw new Refusal(fault.code, fault.message, fault.details);
    }
    const complaint = credentials.complaint(header);
    if (complaint !== null) throw new Refusal(16, `the token is no good: ${complaint}`);
    if (request.invalid !== undefined) throw new Refusal(3, request.invalid);
    const answer = methods[method];
    if (answer === undefined) throw new Refusal(12, `${method} is not served`);
    const message = answer(request);
    if (fault === 'drop after') {
      grpcServer.drop();
      return await new Promise(() => {});
    }
    return message;
  });

  const http = createServer(async (request, response) => {
    try {
      const { status, body, headers } = await answerHttp(request);
      if (fake.serverTime !== null) response.setHeader('date', fake.serverTime);
      response.writeHead(status, headers);
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    } catch {
      request.socket.destroy();
    }
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const httpPort = portOf(http);

  async function answerHttp(request: IncomingMessage) {
    const url = new URL(request.url ?? '', 'http://fake');
    const [, api = '', ...path] = url.pathname.split('/');
    const body = await buffer(request);
    const name = `${request.method} ${api}${/(:\w+)$/.exec(url.pathname)?.[1] ?? ''}`;
    const fault = takeFault(name);
    if (fault === 'drop') throw new Error('dropped');
    if (fault === 'hang') return await new Promise<never>(() => {});
    if (typeof fault === 'object' && 'status' in fault) {
      return { status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? '' };
    }
    if (api === 'upload') return answerUpload(request, url, path.join('/'), body);
    const complaint = credentials.complaint(request.headers.authorization);
    if (complaint !== null) {
      return {
        status: 401,
        headers: {},
        body: { error: { code: 401, message: complaint, status: 'UNAUTHENTICATED' } },
      };
    }
    return {
      headers: {},
      ...answerRest(rest, api, request.method ?? '', path.join('/'), url, body),
    };
  }

  function answerUpload(request: IncomingMessage, url: URL, object: string, body: Buffer) {
    const refuse = (code: string, message: string) => ({
      status: 403,
      headers: { 'content-type': 'application/xml' },
      body: `<?xml version='1.0'?><Error><Code>${code}</Code><Message>${message}</Message><StringToSign>${url.search}</StringToSign></Error>`,
    });
    const upload = uploads.get(object);
    if (
      request.method !== 'PUT' ||
      upload?.signature !== url.searchParams.get('X-Goog-Signature')
    ) {
      return refuse('SignatureDoesNotMatch', 'The signature does not match.');
    }
    if (request.headers.authorization !== undefined) return refuse('AccessDenied', 'credentials');
    if (request.headers['content-type'] !== 'application/zip') {
      return refuse('MalformedSecurityHeader', 'content-type');
    }
    put('gcf-v2-uploads', object, body);
    return { status: 200, headers: {}, body: '' };
  }

  return Object.assign(fake, {
    env: {
      CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDFUNCTIONS: `http://127.0.0.1:${grpcServer.port}/`,
      ...Object.fromEntries(
        ['run', 'iam', 'secretmanager', 'logging', 'serviceusage'].map((api) => [
          `CLOUDSDK_API_ENDPOINT_OVERRIDES_${api.toUpperCase()}`,
          `http://127.0.0.1:${httpPort}/${api}/`,
        ]),
      ),
    },
    close: async () => {
      http.closeAllConnections();
      http.close();
      await Promise.all([once(http, 'close'), grpcServer.close()]);
    },
  });
}

function tell({ name, target, verb, request, build, polls, isDone }: Going): Message {
  const state = (from: number) => {
    if (isDone || polls > from) return 'COMPLETE';
    return polls === from ? 'IN_PROGRESS' : 'NOT_STARTED';
  };
  const failed = isDone ? build.fails : null;
  const stage = (stageName: string, from: number) => ({
    name: stageName,
    state: state(from),
    resourceUri: stageName === 'BUILD' ? logUri : '',
    stateMessages:
      failed !== null && stageName === 'BUILD'
        ? [{ severity: 'ERROR', type: 'BuildFailed', message: 'npm ERR! 404 no-such-package' }]
        : [],
  });
  const stages =
    verb === 'delete' ? [stage('SERVICE', 1)] : [stage('BUILD', 1), stage('SERVICE', 2)];
  const metadata = { target, verb, requestResource: request, stages, apiVersion: 'v2' };
  return {
    name,
    done: isDone,
    metadata: any('google.cloud.functions.v2.OperationMetadata', metadata),
    ...(failed !== null && { error: failed }),
    ...(isDone && failed === null && { response: any('google.protobuf.Empty', {}) }),
  };
}

function check(isRight: boolean, what: string): void {
  if (!isRight) throw new Refusal(3, `invalid: ${what}`);
}

/** A path of a field mask: names that the type has, in snake_case. */
function copyField(from: Message, to: Message, path: string): void {
  let type = types.lookupType('google.cloud.functions.v2.Function');
  const names = path.split('_').join('_').split('.');
  let source = from;
  let goal = to;
  names.forEach((snake, index) => {
    const name = snake.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const field = type.fields[name];
    check(field !== undefined && /^[a-z_]+$/.test(snake), `update_mask ${path}`);
    if (index === names.length - 1) {
      if (source?.[name] === undefined) delete goal[name];
      else goal[name] = source[name];
      return;
    }
    type = type.lookupType(field?.type ?? '');
    source = source?.[name] ?? {};
    goal[name] ??= {};
    goal = goal[name];
  });
}

function now(): Message {
  return { seconds: '1795000000', nanos: 0 };
}
