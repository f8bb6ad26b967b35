import { unzipSync } from 'fflate';
import * as v from 'valibot';
import { type Answer, type Message, ok, Refusal } from './fake-refusal.ts';
import type { RestState } from './fake-rest.ts';

/** How a build goes. */
export interface Build {
  readonly polls: number;
  /** Null for one that succeeds. */
  readonly fails: { readonly code: number; readonly message: string } | null;
}

interface Running {
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
const location = `projects/${project}/locations/${region}`;
const sources = `gcf-v2-sources-123456789012-${region}`;
export const logUri = `https://console.cloud.google.com/cloud-build/builds;region=${region}/4f1d?project=123456789012`;

const text = v.optional(v.string());
const Storage = v.strictObject({ bucket: v.string(), object: v.string(), generation: text });

/** What a function may hold, by https://cloud.google.com/functions/docs/reference/rest/v2/projects.locations.functions. */
const FunctionBody = v.strictObject({
  name: v.string(),
  description: text,
  environment: v.optional(v.literal('GEN_2')),
  labels: v.optional(
    v.record(
      v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_-]{0,62}$/)),
      v.pipe(v.string(), v.regex(/^[a-z0-9_-]{0,63}$/)),
    ),
  ),
  buildConfig: v.strictObject({
    runtime: v.literal('nodejs24'),
    entryPoint: v.literal('tricloud'),
    serviceAccount: v.optional(
      v.pipe(v.string(), v.regex(/^projects\/[^/]+\/serviceAccounts\/\S+@\S+$/)),
    ),
    source: v.optional(v.strictObject({ storageSource: Storage })),
  }),
  serviceConfig: v.optional(
    v.strictObject({
      availableMemory: v.pipe(v.string(), v.regex(/^\d+Mi$/)),
      availableCpu: v.string(),
      timeoutSeconds: v.pipe(v.number(), v.minValue(1), v.maxValue(3600)),
      maxInstanceRequestConcurrency: v.pipe(v.number(), v.integer()),
      maxInstanceCount: v.optional(v.pipe(v.number(), v.integer())),
      environmentVariables: v.record(v.string(), v.string()),
      secretEnvironmentVariables: v.array(
        v.strictObject({
          key: v.string(),
          projectId: v.string(),
          secret: v.string(),
          version: v.string(),
        }),
      ),
      ingressSettings: v.literal('ALLOW_ALL'),
      allTrafficOnLatestRevision: v.boolean(),
      serviceAccountEmail: v.string(),
    }),
  ),
});

/** The Functions API; what it does not document is refused. */
export function fakeFunctions(rest: RestState, urlOf: (object: string) => string) {
  const functions = new Map<string, Message>();
  const operations = new Map<string, Running>();
  const objects = new Map<string, Map<string, Uint8Array>>();
  const uploads = new Map<string, string>();
  const fake = {
    functions,
    operations,
    objects,
    /** Signature of each upload URL, by object. */
    uploads,
    build: { polls: 3, fails: null } as Build,
    /** Number of times that a new account is not known yet. */
    unknownAccountFor: 0,
    put,
    answer,
    /** Ends every operation, as time does. */
    finish: () => {
      for (const running of operations.values()) end(running);
    },
  };
  let generation = 1_700_000_000_000_000;
  let count = 0;

  function put(bucket: string, object: string, bytes: Uint8Array): string {
    const key = `${bucket}/${object}`;
    const made = String(++generation);
    objects.set(key, (objects.get(key) ?? new Map<string, Uint8Array>()).set(made, bytes));
    return made;
  }

  function start(target: string, verb: string, request: Message, onEnd: () => void): Message {
    const name = `${location}/operations/operation-${++count}`;
    const build = fake.build;
    const running = { name, target, verb, request, build, polls: 0, isDone: false, end: onEnd };
    operations.set(name, running);
    return describe(running);
  }

  function answer(method: string, path: string, query: URLSearchParams, body: Message): Answer {
    const call = methods[method];
    if (call === undefined) throw new Refusal(400, 'INVALID_ARGUMENT', `no method at ${path}`);
    return ok(call(path, query, body));
  }

  const methods: Record<string, (path: string, query: URLSearchParams, body: Message) => Message> =
    {
      GetFunction: (path) => found(path),
      ListFunctions: (path) => {
        check(path === `${location}/functions`, path);
        return { functions: [...functions.values()] };
      },
      GenerateUploadUrl: (path, _query, body) => {
        check(path === `${location}/functions:generateUploadUrl`, path);
        v.parse(v.strictObject({ environment: v.literal('GEN_2') }), body);
        const object = `upload-${++count}.zip`;
        const signature = `planted-signature-${count}-${Math.random()}`;
        uploads.set(object, signature);
        const uploadUrl = `${urlOf(object)}?X-Goog-Signature=${signature}`;
        return { uploadUrl, storageSource: { bucket: 'gcf-v2-uploads', object } };
      },
      CreateFunction: (path, query, asked) => {
        check(path === `${location}/functions`, path);
        const functionId = query.get('functionId') ?? '';
        const name = `${path}/${functionId}`;
        check(/^[a-z][a-z0-9-]{2,61}[a-z0-9]$/.test(functionId), `functionId ${functionId}`);
        check(asked.name === name && asked.environment === 'GEN_2', `function ${asked.name}`);
        if (functions.has(name)) throw new Refusal(409, 'ALREADY_EXISTS', `${name} already exists`);
        checkFunction(asked);
        const bytes = bytesOf(asked.buildConfig.source.storageSource);
        const { fails } = fake.build;
        functions.set(name, { ...asked, state: 'DEPLOYING', updateTime: now });
        return start(name, 'create', { parent: location, functionId, function: asked }, () => {
          const failed = { ...asked, state: 'FAILED', updateTime: now };
          functions.set(name, fails === null ? deployed(asked, bytes, 1) : failed);
        });
      },
      UpdateFunction: (path, query, asked) => {
        const before = found(path);
        if (before.state === 'DEPLOYING' || before.state === 'DELETING') {
          throw new Refusal(409, 'ABORTED', `unable to queue the operation: ${path} is busy`);
        }
        const paths = (query.get('updateMask') ?? '').split(',');
        const after = structuredClone(before);
        for (const each of paths) copyField(asked, after, each);
        checkFunction(asked, after);
        const changesSource = paths.includes('buildConfig.source');
        const bytes = changesSource ? bytesOf(asked.buildConfig.source.storageSource) : null;
        const { fails } = fake.build;
        functions.set(path, { ...before, state: 'DEPLOYING' });
        return start(path, 'update', { function: asked, updateMask: paths.join(',') }, () => {
          const revision = Number(/\d+(?=-)/.exec(before.serviceConfig?.revision ?? '0-')?.[0]) + 1;
          functions.set(path, fails === null ? deployed(after, bytes, revision) : before);
          // The Functions API writes the service without the setting that it does not know.
          if (fails === null) rest.open.delete(serviceOf(path));
        });
      },
      DeleteFunction: (path) => {
        const before = found(path);
        functions.set(path, { ...before, state: 'DELETING' });
        const { fails } = fake.build;
        return start(path, 'delete', { name: path }, () => {
          if (fails !== null) {
            functions.set(path, before);
            return;
          }
          functions.delete(path);
          rest.policies.delete(`v2/${serviceOf(path)}`);
          rest.revisions.delete(serviceOf(path));
        });
      },
      GetOperation: (path) => {
        const running = operations.get(path);
        if (running === undefined) throw new Refusal(404, 'NOT_FOUND', `no operation ${path}`);
        if (++running.polls >= running.build.polls) end(running);
        return describe(running);
      },
      ListOperations: (path) => {
        check(path === `${location}/operations`, path);
        return { operations: [...operations.values()].map(describe).toReversed() };
      },
      ListLocations: (path) => {
        check(path === `projects/${project}/locations`, path);
        return { locations: [{ name: `${path}/${region}`, locationId: region }] };
      },
    };

  function found(name: string): Message {
    const it = functions.get(name);
    if (it === undefined) throw new Refusal(404, 'NOT_FOUND', `Resource '${name}' was not found`);
    return it;
  }

  function checkFunction(asked: Message, after: Message = asked) {
    v.parse(FunctionBody, asked);
    const { serviceConfig: service } = after;
    const concurrency = service.maxInstanceRequestConcurrency;
    check(concurrency === 1 || Number(service.availableCpu) >= 1, `concurrency ${concurrency}`);
    const email = service.serviceAccountEmail;
    if (!rest.accounts.has(email) || fake.unknownAccountFor-- > 0) {
      throw new Refusal(404, 'NOT_FOUND', `Service account ${email} was not found.`);
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
    if (bytes === undefined) {
      throw new Refusal(404, 'NOT_FOUND', `No such object: ${bucket}/${object}#${asked}`);
    }
    const files = unzipSync(bytes);
    const manifest = JSON.parse(Buffer.from(files['package.json'] ?? '').toString() || '{}');
    check(manifest.dependencies !== undefined, 'package.json without dependencies');
    return bytes;
  }

  function deployed(asked: Message, bytes: Uint8Array | null, revision: number): Message {
    const id = asked.name.split('/').at(-1);
    const object = `${id}/function-source.zip`;
    const service = serviceOf(asked.name);
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
      updateTime: now,
      url: `https://${region}-${project}.cloudfunctions.net/${id}`,
      buildConfig: {
        ...asked.buildConfig,
        build: `projects/123456789012/locations/${region}/builds/4f1d`,
        serviceAccount:
          asked.buildConfig.serviceAccount ??
          `projects/${project}/serviceAccounts/${rest.buildAccount}`,
        source: { storageSource },
        sourceProvenance: { resolvedStorageSource: storageSource },
      },
      serviceConfig: {
        ...asked.serviceConfig,
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

  return fake;
}

function end(running: Running): void {
  if (running.isDone) return;
  running.isDone = true;
  running.end();
}

function describe({ name, target, verb, request, build, polls, isDone }: Running): Message {
  const state = (from: number) => {
    if (isDone || polls > from) return 'COMPLETE';
    return polls === from ? 'IN_PROGRESS' : 'NOT_STARTED';
  };
  const failed = isDone ? build.fails : null;
  const message = {
    severity: 'ERROR',
    type: 'BuildFailed',
    message: 'npm ERR! 404 no-such-package',
  };
  const stage = (stageName: string, from: number) => ({
    name: stageName,
    state: state(from),
    ...(stageName === 'BUILD' && { resourceUri: logUri }),
    ...(failed !== null && stageName === 'BUILD' && { stateMessages: [message] }),
  });
  const stages =
    verb === 'delete' ? [stage('SERVICE', 1)] : [stage('BUILD', 1), stage('SERVICE', 2)];
  return {
    name,
    ...(isDone && { done: true }),
    metadata: {
      '@type': 'type.googleapis.com/google.cloud.functions.v2.OperationMetadata',
      target,
      verb,
      requestResource: { '@type': 'type.googleapis.com/google.cloud.functions.v2', ...request },
      stages,
      apiVersion: 'v2',
    },
    ...(failed !== null && { error: failed }),
    ...(isDone && failed === null && { response: {} }),
  };
}

function check(isRight: boolean, what: string): void {
  if (!isRight) throw new Refusal(400, 'INVALID_ARGUMENT', `invalid: ${what}`);
}

const masks =
  /^(?:labels|description|buildConfig\.(?:runtime|entryPoint|source|serviceAccount)|serviceConfig\.[a-zA-Z]+)$/;

/** Copies what a path of a field mask names. */
function copyField(from: Message, to: Message, path: string): void {
  check(masks.test(path), `updateMask ${path}`);
  const [outer = '', inner] = path.split('.');
  if (inner === undefined) to[outer] = from[outer];
  else to[outer] = { ...to[outer], [inner]: from[outer]?.[inner] };
}

function serviceOf(name: string): string {
  return name.replace('/functions/', '/services/');
}

const now = '2026-11-18T11:06:40.000000000Z';
