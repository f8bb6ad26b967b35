import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { error } from './fake-error.ts';
import { makeRoutes } from './fake-routes.ts';
import { type Answer, type FakeAzure, type Received, subscription } from './fake-state.ts';
import { portOf } from './port-of.ts';

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
    functionKey: 'the-key-of-the-functions-of-the-app',
    logRows: [],
    unregistered: new Set(),
    flexRegions: ['East US', 'West Europe'],
    nodeVersions: ['22', '24'],
    instances: [1, 1000],
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
    let isLost = false;
    if (fault?.after !== undefined && fault.after > 0) {
      fault.after -= 1;
    } else if (fault !== undefined) {
      fault.met?.();
      fault.times = (fault.times ?? 1) - 1;
      if (fault.times <= 0) azure.faults.splice(azure.faults.indexOf(fault), 1);
      if (fault.answer === 'hang') return;
      if (fault.answer === 'drop') {
        response.destroy();
        return;
      }
      isLost = fault.answer === 'lose';
      if (fault.answer !== 'lose') {
        send(response, fault.answer);
        return;
      }
    }
    if (!tokens.some((token) => request.headers.authorization === `Bearer ${token}`)) {
      send(response, error(401, 'InvalidAuthenticationToken', 'The access token is invalid.'));
      return;
    }
    for (const [method, pattern, handler] of routes) {
      const match = method === received.method ? pattern.exec(received.path) : null;
      if (match === null) continue;
      const answer = await handler(received, match.groups ?? {});
      if (isLost) response.destroy();
      else send(response, answer);
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
    if (path.startsWith('/blob/') && request.headers['x-ms-version'] === undefined) {
      complain('no version of the storage service');
    }
    if (!/^tricloud$/.test(request.headers['user-agent'] ?? '')) complain('no user agent');
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
