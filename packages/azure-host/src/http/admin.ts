import type { IncomingMessage, ServerResponse } from 'node:http';
import { isAllowed, levelOfKey } from '../auth/keys.ts';
import type { HostContext } from '../host-context.ts';
import { hostVersion } from '../host-version.ts';
import type { RequestPath } from '../routing/request-path.ts';
import { answerFunctions } from './admin-functions.ts';
import { isFromHere } from './admin-guard.ts';
import { answerKeys } from './admin-keys.ts';
import {
  type AdminRequest,
  answerJson,
  answerStatus,
  notFound,
  parseJson,
  readText,
} from './admin-request.ts';
import { answerText } from './answer.ts';
import { keyOf } from './request-key.ts';

/**
 * Answers what is below `/admin`: ping, status, the functions and their keys, running a function by hand,
 * restart and state
 * (https://github.com/Azure/azure-functions-host/tree/89dc438/src/WebJobs.Script.WebHost/Controllers).
 */
export async function answerAdmin(
  context: HostContext,
  request: IncomingMessage,
  response: ServerResponse,
  { decoded, query }: RequestPath,
): Promise<void> {
  const path = decoded.replace(/\/$/, '').split('/').slice(2);
  const admin: AdminRequest = { context, request, response, method: request.method ?? 'GET', path };
  const [area, name = ''] = path.map((part) => part.toLowerCase());
  if (!isFromHere(request, context.app.cors)) {
    request.resume();
    answerText(response, 403, 'text/plain', 'The admin API answers this machine only.');
  } else if (area === 'host' && isPing(admin, name)) {
    answerStatus(admin, 200);
  } else if (!isAuthorized(admin, query)) {
    answerStatus(admin, 401);
  } else if (area === 'host') {
    await answerHost(admin, name);
  } else if (area === 'functions') {
    await answerFunctions(admin);
  } else {
    notFound(admin);
  }
}

/** A ping needs no key. */
function isPing({ method }: AdminRequest, name: string): boolean {
  return name === 'ping' && (method === 'GET' || method === 'POST');
}

function isAuthorized({ context, request }: AdminRequest, query: string): boolean {
  if (context.options.enableAuth !== true) return true;
  return isAllowed('admin', levelOfKey(context.keys(), keyOf(request, query)));
}

async function answerHost(admin: AdminRequest, name: string): Promise<void> {
  const { context, method } = admin;
  switch (`${method} ${name}`) {
    case 'GET status':
      answerJson(admin, 200, statusOf(context));
      return;
    case 'POST restart':
      answerStatus(admin, 200);
      await context.restart();
      return;
    case 'GET state':
      answerJson(admin, 200, context.isOffline ? 'offline' : 'running');
      return;
    case 'PUT state':
      await setState(admin);
      return;
    default:
      await answerHostKeys(admin, name);
  }
}

function statusOf({ isOffline, pool }: HostContext): object {
  const running = pool.serving === undefined ? 'Error' : 'Running';
  return {
    id: 'tricloud',
    state: isOffline ? 'Offline' : running,
    version: hostVersion,
    versionDetails: hostVersion,
    platformVersion: '',
    instanceId: '',
    computerName: '',
    processUptime: Math.round(process.uptime() * 1000),
    functionAppContentEditingState: 'NotAllowed',
  };
}

async function setState(admin: AdminRequest): Promise<void> {
  const wanted = String(parseJson(await readText(admin))).toLowerCase();
  const isKnown = wanted === 'running' || wanted === 'offline';
  if (isKnown) admin.context.isOffline = wanted === 'offline';
  answerStatus(admin, isKnown ? 202 : 400);
}

async function answerHostKeys(admin: AdminRequest, name: string): Promise<void> {
  const keys = admin.context.keys();
  if (name === 'keys' || name === 'functionkeys') await answerKeys(admin, keys.functionKeys, 2);
  else if (name === 'systemkeys') await answerKeys(admin, keys.systemKeys, 2);
  else notFound(admin);
}
