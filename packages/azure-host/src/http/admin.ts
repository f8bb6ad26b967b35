import type { IncomingMessage, ServerResponse } from 'node:http';
import { isAllowed, levelOfKey, type NamedKeys, newKey } from '../auth/keys.ts';
import type { IndexedFunction } from '../function-index.ts';
import type { Input } from '../messages.ts';
import { fieldOf, messageOf } from '../narrow.ts';
import { manualTimerJson, runData } from '../triggers.ts';
import { hostVersion } from '../host-version.ts';
import { isFromHere } from './admin-guard.ts';
import { answerEmpty, answerText } from './answer.ts';
import type { FrontState } from './front.ts';
import { keyOf } from './request-key.ts';

/** The admin API's own bodies are small. */
const bodyLimitBytes = 1024 * 1024;

interface AdminRequest {
  readonly state: FrontState;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly path: readonly string[];
  readonly host: string;
}

/**
 * Answers what is below `/admin`: ping, status, the functions and their keys, running a function by hand,
 * restart and state
 * (https://github.com/Azure/azure-functions-host/tree/89dc438/src/WebJobs.Script.WebHost/Controllers).
 */
export async function answerAdmin(
  state: FrontState,
  request: IncomingMessage,
  response: ServerResponse,
  decodedPath: string,
  query: string,
): Promise<void> {
  const path = decodedPath.replace(/\/$/, '').split('/').slice(2);
  const [area = '', name = ''] = path.map((part) => part.toLowerCase());
  const method = request.method ?? 'GET';
  if (!isFromHere(request, state.cors)) {
    request.resume();
    answerText(response, 403, 'text/plain', 'The admin API answers this machine only.');
    return;
  }
  if (area === 'host' && name === 'ping' && (method === 'GET' || method === 'POST')) {
    request.resume();
    answerEmpty(response, 200);
    return;
  }
  if (
    state.options.enableAuth === true &&
    !isAllowed('admin', levelOfKey(state.keys(), keyOf(request, query)))
  ) {
    request.resume();
    answerEmpty(response, 401);
    return;
  }
  const host = request.headers.host ?? `localhost:${state.port}`;
  const admin: AdminRequest = { state, request, response, method, path, host };
  if (area === 'host') await answerHost(admin, name);
  else if (area === 'functions') await answerFunctions(admin);
  else notFound(admin);
}

async function answerHost(admin: AdminRequest, name: string): Promise<void> {
  const { state, response, method } = admin;
  if (name === 'status' && method === 'GET') {
    answerJson(admin, 200, {
      id: 'tricloud',
      state: state.isOffline ? 'Offline' : state.isRunning() ? 'Running' : 'Error',
      version: hostVersion,
      versionDetails: hostVersion,
      platformVersion: '',
      instanceId: '',
      computerName: '',
      processUptime: Math.round(process.uptime() * 1000),
      functionAppContentEditingState: 'NotAllowed',
    });
  } else if (name === 'restart' && method === 'POST') {
    admin.request.resume();
    answerEmpty(response, 200);
    await state.restart();
  } else if (name === 'state' && method === 'GET') {
    answerJson(admin, 200, state.isOffline ? 'offline' : 'running');
  } else if (name === 'state' && method === 'PUT') {
    const wanted = String(parseJson(await readText(admin))).toLowerCase();
    if (wanted !== 'running' && wanted !== 'offline') {
      answerEmpty(response, 400);
      return;
    }
    state.setOffline(wanted === 'offline');
    answerEmpty(response, 202);
  } else if (name === 'keys' || name === 'functionkeys' || name === 'systemkeys') {
    const keys = state.keys();
    await answerKeys(admin, name === 'systemkeys' ? keys.systemKeys : keys.functionKeys, 2);
  } else {
    notFound(admin);
  }
}

async function answerFunctions(admin: AdminRequest): Promise<void> {
  const { state, response, method, path } = admin;
  const [, name, part] = path;
  if (name === undefined) {
    if (method !== 'GET') notFound(admin);
    else {
      answerJson(
        admin,
        200,
        state.functions.map((target) => describe(admin, target)),
      );
    }
    return;
  }
  const target = state.functions.find(
    ({ shown }) => shown.name.toLowerCase() === name.toLowerCase(),
  );
  if (target === undefined) notFound(admin);
  else if (part === undefined && method === 'GET') answerJson(admin, 200, describe(admin, target));
  else if (part === undefined && method === 'POST') await runByHand(admin, target);
  else if (part?.toLowerCase() === 'status' && method === 'GET') {
    const errors = target.shown.error === undefined ? [] : [target.shown.error];
    answerJson(admin, 200, errors.length === 0 ? {} : { errors });
  } else if (part?.toLowerCase() === 'keys') {
    const keys = state.keys();
    const id = target.shown.name.toLowerCase();
    const own: NamedKeys = keys.ofFunctions.get(id) ?? new Map([['default', newKey()]]);
    if (!keys.ofFunctions.has(id)) {
      keys.ofFunctions.set(id, own);
      keys.save();
    }
    await answerKeys(admin, own, 3);
  } else {
    admin.request.resume();
    answerEmpty(response, 404);
  }
}

/** 202 at once; what becomes of the run is seen in the log. */
async function runByHand(admin: AdminRequest, target: IndexedFunction): Promise<void> {
  const { state, request, response } = admin;
  const text = await readText(admin);
  if (text === '') {
    answerEmpty(response, 400);
    return;
  }
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(request.headers['content-type'] ?? '')) {
    answerEmpty(response, 415);
    return;
  }
  const body = parseJson(text);
  if (typeof body !== 'object' || body === null) {
    answerEmpty(response, 400);
    return;
  }
  if (!target.isRunnable) {
    answerEmpty(response, 404);
    return;
  }
  const given = fieldOf(body, 'input') ?? fieldOf(body, 'Input') ?? '';
  const input = toInput(admin, target, typeof given === 'string' ? given : JSON.stringify(given));
  answerEmpty(response, 202);
  await runData(
    state,
    target,
    input,
    'This function was programmatically called via the host APIs.',
  );
}

function toInput(admin: AdminRequest, target: IndexedFunction, text: string): Input {
  if (target.kind === 'timer') return { kind: 'json', json: manualTimerJson(admin.state, target) };
  if (target.kind !== 'http') return { kind: 'string', string: text };
  return {
    kind: 'http',
    http: {
      method: 'POST',
      url: `http://${admin.host}/${target.shown.route ?? ''}`,
      headers: ['content-type', 'application/json'],
      query: [],
      params: [],
      body: Buffer.from(text),
    },
  };
}

function describe(admin: AdminRequest, target: IndexedFunction): object {
  const { shown, registered } = target;
  const base = `http://${admin.host}`;
  return {
    name: shown.name,
    script_href: null,
    config_href: null,
    test_data_href: null,
    href: `${base}/admin/functions/${shown.name}`,
    invoke_url_template: shown.route === undefined ? null : `${base}/${shown.route}`.toLowerCase(),
    language: 'node',
    config: {
      name: shown.name,
      scriptFile: registered.scriptFile ?? null,
      language: 'node',
      bindings: Object.entries(registered.bindings).map(([name, binding]) => ({
        ...binding,
        name,
      })),
    },
    isDisabled: shown.isDisabled,
    isDirect: false,
    isProxy: false,
  };
}

async function answerKeys(admin: AdminRequest, named: NamedKeys, depth: number): Promise<void> {
  const { state, request, response, method, path } = admin;
  const keyName = path[depth];
  if (keyName === undefined) {
    if (method !== 'GET') notFound(admin);
    else {
      const list = [...named].map(([name, value]) => ({ name, value }));
      answerJson(admin, 200, { keys: list, links: [] });
    }
    return;
  }
  const keys = state.keys();
  const isMaster = depth === 2 && keyName.toLowerCase() === '_master';
  const existing = isMaster ? keys.master : named.get(keyName);
  if (method === 'GET') {
    if (existing === undefined) notFound(admin);
    else answerJson(admin, 200, { name: keyName, value: existing });
  } else if (method === 'POST' || method === 'PUT') {
    const wanted = fieldOf(parseJson(await readText(admin)), 'value');
    if (method === 'PUT' && (typeof wanted !== 'string' || wanted === '')) {
      answerEmpty(response, 400);
      return;
    }
    const value = method === 'PUT' && typeof wanted === 'string' ? wanted : newKey();
    if (isMaster) keys.master = value;
    else named.set(keyName, value);
    keys.save();
    answerJson(admin, existing === undefined ? 201 : 200, { name: keyName, value });
  } else if (method === 'DELETE' && !isMaster) {
    request.resume();
    if (!named.delete(keyName)) notFound(admin);
    else {
      keys.save();
      answerEmpty(response, 204);
    }
  } else {
    notFound(admin);
  }
}

function notFound(admin: AdminRequest): void {
  admin.request.resume();
  answerEmpty(admin.response, 404);
}

function answerJson(admin: AdminRequest, status: number, value: unknown): void {
  admin.request.resume();
  answerText(admin.response, status, 'application/json; charset=utf-8', JSON.stringify(value));
}

async function readText(admin: AdminRequest): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of admin.request) {
      if (!(chunk instanceof Buffer)) continue;
      size += chunk.length;
      if (size <= bodyLimitBytes) chunks.push(chunk);
    }
  } catch (error) {
    admin.state.log({
      level: 'warning',
      category: 'system',
      message: `A request to the admin API broke off: ${messageOf(error)}`,
    });
  }
  return size > bodyLimitBytes ? '' : Buffer.concat(chunks).toString('utf8').trim();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
