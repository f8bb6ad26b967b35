import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Template } from '../../src/azure/template.ts';
import { type Evaluated, evaluateTemplate } from './evaluate.ts';
import { throughOfficialClient } from './official.ts';
import { portOf } from './port-of.ts';

/** A request as it came in. */
export interface Received {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

/** What is answered in the place of Azure's own answer. */
export interface Fault {
  readonly method: string;
  readonly path: RegExp;
  /** `drop` closes the connection, `hang` says nothing at all. */
  readonly answer:
    | 'drop'
    | 'hang'
    | {
        readonly status: number;
        readonly body?: unknown;
        readonly headers?: Record<string, string>;
      };
  /** How often; once unless it says otherwise. */
  times?: number;
}

interface Group {
  location: string;
  tags: Record<string, string>;
  state: string;
  resources: { id: string; type: string; name: string; tags?: Record<string, string> }[];
  deployment: Deployment | null;
  /** The app as the last deployment made it that was done. */
  site: Evaluated | null;
  /** The looks at a removal until it is done. */
  polls: number;
}

interface Deployment {
  state: string;
  polls: number;
  outputs: Record<string, unknown>;
  resources: Evaluated[];
  error: unknown;
}

/** Resource Manager, the deployment site, Blob Storage and Log Analytics on one port of this machine. */
export interface FakeAzure {
  readonly url: string;
  readonly host: string;
  readonly received: Received[];
  readonly faults: Fault[];
  readonly groups: Map<string, Group>;
  readonly blobs: Map<string, Buffer>;
  /** The SHA-256 of the archives that were published, in their order. */
  readonly published: string[];
  /** Looks at a deployment until it is done. */
  deploymentPolls: number;
  /** What a deployment comes to: null is success. */
  deploymentError: unknown;
  /** The resource on which it fails. */
  failingType: string;
  /** What the next publications come to; success when it is empty. */
  readonly publications: { status: number; status_text: string }[];
  /** The app's own host name. */
  siteHost: string;
  settings: Record<string, string>;
  logRows: [string, string, string][];
  readonly unregistered: Set<string>;
  flexRegions: string[];
  nodeVersions: string[];
  subscriptions: { subscriptionId: string; displayName: string; state: string }[];
  /** What the tests find wrong with what came in. */
  readonly complaints: string[];
  close(): Promise<void>;
}

export const subscription = '00000000-0000-4000-8000-000000000000';

type Answer = { status: number; body?: unknown; headers?: Record<string, string> };
type Handler = (request: Received, match: Record<string, string>) => Answer | Promise<Answer>;

/** Starts Azure on this machine; whoever has one of these tokens may do everything. */
export async function startFakeAzure(tokens: readonly string[]): Promise<FakeAzure> {
  const azure: FakeAzure = {
    url: '',
    host: '',
    received: [],
    faults: [],
    groups: new Map(),
    blobs: new Map(),
    published: [],
    deploymentPolls: 2,
    deploymentError: null,
    failingType: 'Microsoft.Web/sites',
    publications: [],
    siteHost: '',
    settings: {},
    logRows: [],
    unregistered: new Set(),
    flexRegions: ['East US', 'West Europe'],
    nodeVersions: ['22', '24'],
    subscriptions: [{ subscriptionId: subscription, displayName: 'Ours', state: 'Enabled' }],
    complaints: [],
    close,
  };
  const routes = makeRoutes(azure);
  const server = createServer((request, response) => {
    void handle(request, response).catch((thrown: unknown) => {
      azure.complaints.push(String(thrown));
      response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  Object.assign(azure, { url: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}` });
  azure.siteHost = azure.host;
  return azure;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.startsWith('//') === true)
      azure.complaints.push(`two slashes: ${request.url}`);
    const url = new URL(request.url ?? '/', azure.url);
    const received: Received = {
      method: request.method ?? '',
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      body: await buffer(request),
    };
    azure.received.push(received);
    check(request, received);
    const fault = azure.faults.find(
      (each) => each.method === received.method && each.path.test(received.path),
    );
    if (fault !== undefined) {
      fault.times = (fault.times ?? 1) - 1;
      if (fault.times <= 0) azure.faults.splice(azure.faults.indexOf(fault), 1);
      if (fault.answer === 'hang') return;
      if (fault.answer === 'drop') {
        response.destroy();
        return;
      }
      send(response, fault.answer);
      return;
    }
    if (!tokens.some((token) => request.headers.authorization === `Bearer ${token}`)) {
      send(response, error(401, 'InvalidAuthenticationToken', 'The access token is invalid.'));
      return;
    }
    for (const [method, pattern, handler] of routes) {
      const match = method === received.method ? pattern.exec(received.path) : null;
      if (match === null) continue;
      send(response, await handler(received, match.groups ?? {}));
      return;
    }
    azure.complaints.push(`nobody answers ${received.method} ${received.path}`);
    send(response, error(404, 'NotFound', 'Nobody answers this.'));
  }

  function check(request: IncomingMessage, { path, query, body, method }: Received): void {
    const complain = (what: string) => azure.complaints.push(`${method} ${path}: ${what}`);
    const isArm = /^\/(?:subscriptions|providers)\b/.test(path);
    if (isArm && !/^\d{4}-\d\d-\d\d$/.test(query.get('api-version') ?? '')) {
      complain('no api-version');
    }
    if (isArm && body.length > 0 && request.headers['content-type']?.includes('json') !== true) {
      complain('a body that is not called JSON');
    }
    if (!/^(?:azsdk|tricloud)/.test(request.headers['user-agent'] ?? '')) complain('no user agent');
  }

  async function close(): Promise<void> {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const correlation = { 'x-ms-correlation-request-id': 'c0ffee00-0000-4000-8000-000000000000' };
  const usual = { 'content-type': 'application/json', date: 'Sun, 22 Nov 2026 12:00:00 GMT' };
  response.writeHead(status, { ...usual, ...correlation, ...headers });
  response.end(Buffer.isBuffer(body) ? body : body === undefined ? '' : JSON.stringify(body));
}

/** An answer as Resource Manager words its errors. */
function error(status: number, code: string, message: string, details?: unknown): Answer {
  return {
    status,
    body: { error: { code, message, ...(details === undefined ? {} : { details }) } },
  };
}

function makeRoutes(azure: FakeAzure): readonly (readonly [string, RegExp, Handler])[] {
  const prefix = `/subscriptions/${subscription}`;
  const groupPath = `^${prefix}/resource[gG]roups/(?<group>[^/]+)`;
  const find = (name = '') => azure.groups.get(name);
  const groupBody = (name: string, { location, tags, state }: Group) => ({
    id: `${prefix}/resourceGroups/${name}`,
    name,
    type: 'Microsoft.Resources/resourceGroups',
    location,
    tags,
    properties: { provisioningState: state },
  });
  const operations = `${prefix}/resourceGroups/NAME/providers/Microsoft.Resources/deployments/tricloud`;
  const isAsOfficial = async (kind: string, { body, method, path }: Received): Promise<void> => {
    const sent: unknown = JSON.parse(body.toString());
    const { body: read } = await throughOfficialClient(kind, sent);
    if (JSON.stringify(sorted(read)) !== JSON.stringify(sorted(sent))) {
      azure.complaints.push(`${method} ${path}: not as the official client sends it`);
    }
  };
  const siteBody = (id: string, { site }: Group) => {
    return {
      id,
      name: id.split('/').at(-1),
      type: 'Microsoft.Web/sites',
      location: 'East US',
      kind: 'functionapp,linux',
      identity: { principalId: '33333333-3333-4333-8333-333333333333', type: 'SystemAssigned' },
      properties: {
        ...site?.properties,
        state: 'Running',
        defaultHostName: azure.siteHost,
        hostNameSslStates: [
          { name: azure.siteHost, hostType: 'Standard' },
          { name: azure.host, hostType: 'Repository' },
        ],
      },
    };
  };

  return [
    ['GET', /^\/subscriptions$/, () => ({ status: 200, body: { value: azure.subscriptions } })],
    ['GET', new RegExp(`^${prefix}$`), () => ({ status: 200, body: azure.subscriptions[0] })],
    [
      'GET',
      new RegExp(`^${prefix}/providers/(?<namespace>[\\w.]+)$`),
      (_request, { namespace = '' }) => ({
        status: 200,
        body: {
          namespace,
          registrationState: azure.unregistered.has(namespace) ? 'NotRegistered' : 'Registered',
        },
      }),
    ],
    [
      'GET',
      /geoRegions$/,
      () => ({ status: 200, body: { value: azure.flexRegions.map((name) => ({ name })) } }),
    ],
    ['GET', /functionAppStacks$/, () => ({ status: 200, body: stacks(azure.nodeVersions) })],
    [
      'GET',
      new RegExp(`${groupPath}$`),
      (_request, { group = '' }) => {
        const found = find(group);
        return found === undefined
          ? noGroup(group)
          : { status: 200, body: groupBody(group, found) };
      },
    ],
    [
      'PUT',
      new RegExp(`${groupPath}$`),
      async (request, { group = '' }) => {
        await isAsOfficial('resourceGroup', request);
        const { location, tags } = JSON.parse(request.body.toString());
        const made: Group = {
          location,
          tags,
          state: 'Succeeded',
          resources: [],
          deployment: null,
          site: null,
          polls: 2,
        };
        azure.groups.set(group, made);
        return { status: 201, body: groupBody(group, made) };
      },
    ],
    [
      'DELETE',
      new RegExp(`${groupPath}$`),
      (_request, { group = '' }) => {
        const found = find(group);
        if (found === undefined) return noGroup(group);
        found.state = 'Deleting';
        // Removal is the other kind of long-running operation: a Location, looked at until it is no 202.
        return {
          status: 202,
          headers: {
            location: `${azure.url}${prefix}/operationresults/${group}?api-version=2025-03-01`,
            'retry-after': '0',
          },
        };
      },
    ],
    [
      'GET',
      new RegExp(`^${prefix}/operationresults/(?<group>[^/]+)$`),
      ({ query }, { group = '' }) => {
        const found = find(group);
        if (found !== undefined && --found.polls > 0) {
          const location = `${azure.url}${prefix}/operationresults/${group}?api-version=${query.get('api-version')}`;
          return { status: 202, headers: { location, 'retry-after': '0' } };
        }
        azure.groups.delete(group);
        return { status: 200 };
      },
    ],
    [
      'PATCH',
      new RegExp(`${groupPath}/providers/Microsoft.Resources/tags/default$`),
      async (request, { group = '' }) => {
        await isAsOfficial('tags', request);
        const found = find(group);
        if (found === undefined) return noGroup(group);
        const { operation, properties } = JSON.parse(request.body.toString());
        if (operation !== 'Merge') azure.complaints.push('tags are replaced');
        Object.assign(found.tags, properties.tags);
        return { status: 200, body: { properties: { tags: found.tags } } };
      },
    ],
    [
      'GET',
      new RegExp(`${groupPath}/resources$`),
      (_request, { group = '' }) => {
        const found = find(group);
        if (found === undefined) return noGroup(group);
        return { status: 200, body: { value: found.resources } };
      },
    ],
    [
      'PUT',
      new RegExp(`${groupPath}/providers/Microsoft.Resources/deployments/tricloud$`),
      async (request, { group = '' }) => {
        await isAsOfficial('deployment', request);
        const found = find(group);
        if (found === undefined) return noGroup(group);
        if (found.deployment?.state === 'Running') {
          return error(
            409,
            'DeploymentActive',
            "Unable to edit or replace deployment 'tricloud': previous deployment is still active.",
          );
        }
        found.deployment = start(azure, group, JSON.parse(request.body.toString()));
        return {
          status: 201,
          body: deploymentBody(found.deployment),
          headers: {
            'azure-asyncoperation': `${azure.url}${operations.replace('NAME', group)}/operationStatuses/1?api-version=2025-03-01`,
          },
        };
      },
    ],
    [
      'GET',
      new RegExp(`${groupPath}/providers/Microsoft.Resources/deployments/tricloud$`),
      (_request, { group = '' }) => {
        const deployment = find(group)?.deployment;
        return deployment == null
          ? error(404, 'DeploymentNotFound', "Deployment 'tricloud' could not be found.")
          : { status: 200, body: deploymentBody(deployment) };
      },
    ],
    [
      'POST',
      new RegExp(`${groupPath}/providers/Microsoft.Resources/deployments/tricloud/cancel$`),
      (_request, { group = '' }) => {
        const deployment = find(group)?.deployment;
        if (deployment?.state === 'Running') deployment.state = 'Canceled';
        return { status: 204 };
      },
    ],
    [
      'GET',
      new RegExp(
        `${groupPath}/providers/Microsoft.Resources/deployments/tricloud/operationStatuses/1$`,
      ),
      (_request, { group = '' }) => {
        const found = find(group);
        const deployment = found?.deployment;
        if (found === undefined || deployment == null) return noGroup(group);
        if (deployment.state === 'Running' && --deployment.polls <= 0) finish(azure, found);
        return {
          status: 200,
          headers: { 'retry-after': '0' },
          body: {
            status: deployment.state,
            ...(deployment.error === null ? {} : { error: deployment.error }),
          },
        };
      },
    ],
    [
      'GET',
      new RegExp(
        `${groupPath}/(?:providers/Microsoft.Resources/)?deployments/tricloud/operations$`,
      ),
      (_request, { group = '' }) => {
        const deployment = find(group)?.deployment;
        return {
          status: 200,
          body: { value: deployment == null ? [] : operationsOf(azure, deployment) },
        };
      },
    ],
    [
      'GET',
      new RegExp(`(?<id>${groupPath.slice(1)}/providers/Microsoft.Web/sites/[^/]+)$`),
      (_request, { id = '', group }) => {
        const found = find(group);
        return found?.resources.some((each) => each.id === id) === true
          ? { status: 200, body: siteBody(id, found) }
          : error(404, 'ResourceNotFound', `The Resource '${id}' was not found.`);
      },
    ],
    [
      'GET',
      /\/Microsoft\.Storage\/storageAccounts\/[^/]+$/,
      () => ({
        status: 200,
        body: { properties: { primaryEndpoints: { blob: `${azure.url}/blob/` } } },
      }),
    ],
    [
      'POST',
      /\/config\/appsettings\/list$/,
      () => ({ status: 200, body: { properties: azure.settings } }),
    ],
    ['POST', /\/workspaces\/[^/]+\/api\/query$/, (request) => queryLog(azure, request)],
    ['POST', /^\/api\/publish$/, (request) => takeArchive(azure, request)],
    [
      'GET',
      /^\/api\/deployments\/publication-(?<number>\d+)$/,
      (_request, { number }) => {
        const { status, status_text } = azure.publications.shift() ?? {
          status: 4,
          status_text: '',
        };
        const isDone = [3, 4].includes(status);
        return {
          status: isDone ? 200 : 202,
          headers: { 'retry-after': '0' },
          body: { id: number, status, status_text, complete: isDone },
        };
      },
    ],
    ['PUT', /^\/blob\/(?<name>.+)$/, (request, { name = '' }) => putBlob(azure, request, name)],
    [
      'HEAD',
      /^\/blob\/(?<name>.+)$/,
      (_request, { name = '' }) => blobAnswer(azure.blobs.get(name), false),
    ],
    [
      'GET',
      /^\/blob\/(?<name>.+)$/,
      (_request, { name = '' }) => blobAnswer(azure.blobs.get(name), true),
    ],
  ];
}

function noGroup(name = ''): Answer {
  return error(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`);
}

function start(
  azure: FakeAzure,
  group: string,
  {
    properties,
  }: { properties: { template: Template; parameters: Record<string, { value: unknown }> } },
): Deployment {
  const parameters = Object.fromEntries(
    Object.entries(properties.parameters).map(([name, { value }]) => [name, value]),
  );
  const { resources, outputs } = evaluateTemplate(properties.template, {
    subscription,
    group,
    parameters,
    reference: () => ({
      primaryEndpoints: { blob: `${azure.url}/blob/` },
      ConnectionString: 'InstrumentationKey=4b1d',
      identity: { principalId: '33333333-3333-4333-8333-333333333333' },
    }),
  });
  return { state: 'Running', polls: azure.deploymentPolls, outputs, resources, error: null };
}

function finish(azure: FakeAzure, group: Group): void {
  const { deployment } = group;
  if (deployment === null) return;
  if (azure.deploymentError !== null) {
    deployment.state = 'Failed';
    deployment.error = {
      code: 'DeploymentFailed',
      message:
        'At least one resource deployment operation failed. Please list deployment operations.',
    };
    const [first] = deployment.resources;
    if (first !== undefined && group.site === null) group.resources = [listed(group, first)];
    return;
  }
  deployment.state = 'Succeeded';
  group.site = deployment.resources.find(({ type }) => type === 'Microsoft.Web/sites') ?? null;
  const top = deployment.resources.filter(
    ({ type }) =>
      type.split('/').length === 2 && type !== 'Microsoft.Authorization/roleAssignments',
  );
  const kept = group.resources.filter(
    ({ id }) => !top.some((each) => listed(group, each).id === id),
  );
  group.resources = [...kept, ...top.map((each) => listed(group, each))];
  const settings = deployment.resources.find(({ type }) => type === 'Microsoft.Web/sites/config');
  azure.settings = settings?.properties ?? {};
}

function listed({ tags }: Group, { type, name, tags: own }: Evaluated): Group['resources'][number] {
  const id = `/subscriptions/${subscription}/resourceGroups/${tags['tricloud']}/providers/${type}/${name}`;
  return { id, type, name, ...(own === undefined ? {} : { tags: own }) };
}

function deploymentBody({ state, outputs, error: failed }: Deployment): unknown {
  return {
    id: 'the deployment',
    name: 'tricloud',
    properties: {
      provisioningState: state,
      correlationId: 'deadbeef-0000-4000-8000-000000000000',
      timestamp: '2026-11-22T00:00:00Z',
      ...(state === 'Succeeded' ? { outputs } : {}),
      ...(failed === null ? {} : { error: failed }),
    },
  };
}

function operationsOf(azure: FakeAzure, deployment: Deployment): unknown[] {
  return deployment.resources.map((each, index) => {
    const isFailing = deployment.state === 'Failed' && each.type === azure.failingType;
    const succeeded = deployment.state === 'Succeeded' || index < 2;
    return {
      operationId: `operation-${index}`,
      properties: {
        provisioningOperation: 'Create',
        provisioningState: isFailing ? 'Failed' : succeeded ? 'Succeeded' : 'Running',
        targetResource: {
          id: `${each.type}/${each.name}`,
          resourceType: each.type,
          resourceName: each.name,
        },
        ...(isFailing ? { statusMessage: { status: 'Failed', error: azure.deploymentError } } : {}),
      },
    };
  });
}

function takeArchive(azure: FakeAzure, { body, query: asked }: Received): Answer {
  if (asked.get('RemoteBuild') !== 'false')
    azure.complaints.push('the archive would be built again');
  azure.published.push(createHash('sha256').update(body).digest('hex'));
  return { status: 202, body: `publication-${azure.published.length}` };
}

function putBlob(azure: FakeAzure, { body }: Received, name: string): Answer {
  if (azure.blobs.has(name)) {
    return { status: 409, headers: { 'x-ms-error-code': 'BlobAlreadyExists' } };
  }
  azure.blobs.set(name, body);
  return { status: 201, headers: { etag: '"1"' } };
}

function blobAnswer(blob: Buffer | undefined, isWanted: boolean): Answer {
  if (blob === undefined) return { status: 404, headers: { 'x-ms-error-code': 'BlobNotFound' } };
  return {
    status: 200,
    headers: {
      etag: '"1"',
      'content-length': String(blob.length),
      'content-type': 'application/zip',
      'x-ms-blob-type': 'BlockBlob',
    },
    ...(isWanted ? { body: blob } : {}),
  };
}

/** The rows that came in after the time that the question names. */
function queryLog(azure: FakeAzure, { body }: Received): Answer {
  const asked: { query: string } = JSON.parse(body.toString());
  const after = /CameIn > datetime\(([^)]+)\)/.exec(asked.query)?.[1] ?? '';
  const since = /TimeGenerated >= datetime\(([^)]+)\)/.exec(asked.query)?.[1] ?? '';
  const rows = azure.logRows.filter(([at, , cameIn]) => cameIn > after && at >= since);
  const columns = ['TimeGenerated', 'Text', 'CameIn'].map((name) => ({ name, type: 'string' }));
  return { status: 200, body: { tables: [{ name: 'PrimaryResult', columns, rows }] } };
}

function stacks(versions: readonly string[]): unknown {
  return {
    value: [
      {
        name: 'node',
        properties: {
          majorVersions: versions.map((version) => ({
            minorVersions: [
              {
                stackSettings: {
                  linuxRuntimeSettings: {
                    Sku: [
                      {
                        skuCode: 'FC1',
                        maximumInstanceCount: {
                          lowestMaximumInstanceCount: 1,
                          highestMaximumInstanceCount: 1000,
                          defaultValue: 100,
                        },
                        functionAppConfigProperties: { runtime: { name: 'node', version } },
                      },
                    ],
                  },
                },
              },
            ],
          })),
        },
      },
    ],
  };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  );
}
