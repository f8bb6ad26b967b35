import { type NamedKeys, newKey } from '../auth/keys.ts';
import type { IndexedFunction } from '../function-index.ts';
import type { Input } from '../messages.ts';
import { fieldOf } from '../narrow.ts';
import { manualTimerJson, runData } from '../triggers.ts';
import { answerKeys } from './admin-keys.ts';
import { type AdminRequest, answerJson, notFound, parseJson, readText } from './admin-request.ts';
import { answerEmpty } from './answer.ts';
import { requestReason } from './exchange.ts';

/** Answers what is below `/admin/functions`. */
export async function answerFunctions(admin: AdminRequest): Promise<void> {
  const { context, method, path } = admin;
  const { functions } = context.app;
  const [, name, part] = path;
  if (name === undefined) {
    if (method !== 'GET') notFound(admin);
    else {
      answerJson(
        admin,
        200,
        functions.map((target) => describe(admin, target)),
      );
    }
    return;
  }
  const target = functions.find(({ shown }) => shown.name.toLowerCase() === name.toLowerCase());
  if (target === undefined) notFound(admin);
  else if (part?.toLowerCase() === 'keys') await answerKeys(admin, keysOf(admin, target), 3);
  else await answerFunction(admin, target, part?.toLowerCase());
}

async function answerFunction(
  admin: AdminRequest,
  target: IndexedFunction,
  part: string | undefined,
): Promise<void> {
  const { method } = admin;
  if (part === undefined && method === 'GET') answerJson(admin, 200, describe(admin, target));
  else if (part === undefined && method === 'POST') await runByHand(admin, target);
  else if (part === 'status' && method === 'GET') {
    const { error } = target.shown;
    answerJson(admin, 200, error === undefined ? {} : { errors: [error] });
  } else notFound(admin);
}

/** The function's own keys; it gets its first one when they are first asked for. */
function keysOf({ context }: AdminRequest, target: IndexedFunction): NamedKeys {
  const keys = context.keys();
  const id = target.shown.name.toLowerCase();
  const known = keys.ofFunctions.get(id);
  if (known !== undefined) return known;
  const own: NamedKeys = new Map([['default', newKey()]]);
  keys.ofFunctions.set(id, own);
  keys.save();
  return own;
}

/** Answers 202 at once; the log shows the result of the run. */
async function runByHand(admin: AdminRequest, target: IndexedFunction): Promise<void> {
  const { context, request, response } = admin;
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
  await runData(context, target, input, requestReason);
}

function toInput(admin: AdminRequest, target: IndexedFunction, text: string): Input {
  if (target.kind === 'timer')
    return { kind: 'json', json: manualTimerJson(admin.context, target) };
  if (target.kind !== 'http') return { kind: 'string', string: text };
  return {
    kind: 'http',
    http: {
      method: 'POST',
      url: `${baseUrl(admin)}/${target.shown.route ?? ''}`,
      headers: ['content-type', 'application/json'],
      query: [],
      params: [],
      body: Buffer.from(text),
    },
  };
}

function describe(admin: AdminRequest, target: IndexedFunction): object {
  const { shown, registered } = target;
  const base = baseUrl(admin);
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

function baseUrl({ context, request }: AdminRequest): string {
  return `http://${request.headers.host ?? `localhost:${context.port}`}`;
}
