import type { FetchHandler, Invocation } from '@tricloud/adapters';

type Route = (request: Request, url: URL, invocation: Invocation) => Response | Promise<Response>;

/** Grows for as long as the instance lives: that is how a case sees whether an instance is reused. */
let calls = 0;

/** The probe: a portable function whose every behaviour is named by its path and query, so that a case can ask for it. */
export const handler: FetchHandler = (request, invocation) => {
  const url = new URL(request.url);
  const [, first = '', second] = url.pathname.split('/');
  const route = routes.get(first);
  if (!route || (first === 'api' && !second)) {
    return new Response('The probe has no such route.', {
      status: 404,
      headers: { 'content-type': 'text/plain', 'x-probe': 'not-found' },
    });
  }
  return route(request, url, invocation);
};

const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['echo', echo],
  ['bar', echo],
  ['developer', echo],
  [
    'api',
    (_request, url) =>
      Response.json({
        id: decodeURIComponent(url.pathname.split('/')[2] ?? ''),
        path: url.pathname,
      }),
  ],
  ['origin', (_request, url) => new Response(url.origin)],
  ['length', async (request) => Response.json({ bytes: (await request.arrayBuffer()).byteLength })],
  ['twice', readTwice],
  ['form', readForm],
  ['answer', chosenAnswer],
  ['bytes', chosenBytes],
  ['gzip', gzipped],
  ['stream', streamed],
  ['vary', merged],
  ['only-get', onlyGet],
  ['throw', (_request, url) => fail(url)],
  ['reject', async (_request, url) => fail(await Promise.resolve(url))],
  ['undefined', () => untyped('{}')],
  ['wrong-type', () => untyped('{"response":{"statusCode":200,"body":"not a Response"}}')],
  ['delay', delayed],
  ['counter', () => Response.json({ calls: (calls += 1) })],
  ['invocation', (_request, _url, invocation) => describe(invocation)],
]);

/** Everything of the request that a function can see, its body byte by byte. */
async function echo(request: Request, url: URL): Promise<Response> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  return Response.json({
    method: request.method,
    path: url.pathname,
    search: url.search,
    query: [...url.searchParams],
    headers: Object.fromEntries(request.headers),
    cookie: request.headers.get('cookie'),
    body: toBase64(bytes),
  });
}

async function readTwice(request: Request): Promise<Response> {
  const clone = await request.clone().text();
  const first = await request.text();
  const again = await request.text().then(
    () => 'read',
    (error: unknown) => (error instanceof TypeError ? 'TypeError' : 'another error'),
  );
  return Response.json({ clone, first, again });
}

async function readForm(request: Request): Promise<Response> {
  const entries: unknown[] = [];
  for (const [name, value] of await request.formData()) {
    if (typeof value === 'string') {
      entries.push([name, value]);
      continue;
    }
    const bytes = new Uint8Array(await value.arrayBuffer());
    entries.push([name, { filename: value.name, type: value.type, body: toBase64(bytes) }]);
  }
  return Response.json(entries);
}

/** `status`, `body`, and any number of `header1=name:value`, `header2=…` in order: no key twice, since an ALB may drop all but the last. */
function chosenAnswer(_request: Request, url: URL): Response {
  const status = Number(url.searchParams.get('status') ?? '200');
  const headers = new Headers();
  for (const [key, line] of url.searchParams) {
    if (!key.startsWith('header')) continue;
    const colon = line.indexOf(':');
    headers.append(line.slice(0, colon), line.slice(colon + 1));
  }
  const body = url.searchParams.get('body');
  return new Response(body, { status, headers });
}

/** The bytes of `base64`, under the content type `type`, or under none at all. */
function chosenBytes(_request: Request, url: URL): Response {
  const bytes = fromBase64(url.searchParams.get('base64') ?? '');
  const type = url.searchParams.get('type');
  return new Response(bytes, { headers: type === null ? {} : { 'content-type': type } });
}

function gzipped(): Response {
  const page = new Blob(['<p>gzip é€😀</p>'.repeat(50)]);
  return new Response(page.stream().pipeThrough(new CompressionStream('gzip')), {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip' },
  });
}

/** `ab€` and `😀z` in three chunks, cut inside both multibyte characters. */
function streamed(_request: Request, url: URL): Response {
  const delayMs = Number(url.searchParams.get('delayMs') ?? '0');
  const bytes = new TextEncoder().encode('ab€😀z');
  const chunks = [bytes.slice(0, 3), bytes.slice(3, 7), bytes.slice(7)];
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await sleep(delayMs);
      const chunk = chunks.shift();
      if (!chunk) {
        controller.close();
        return;
      }
      controller.enqueue(chunk);
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
}

function merged(): Response {
  const response = new Response('varies', { headers: { 'content-type': 'text/plain' } });
  response.headers.append('vary', 'Accept');
  response.headers.append('vary', 'Accept-Encoding');
  return response;
}

function onlyGet(request: Request): Response {
  if (request.method === 'GET' || request.method === 'HEAD') {
    return new Response('got', { headers: { 'content-type': 'text/plain' } });
  }
  return new Response('Only GET and HEAD.', {
    status: 405,
    headers: { allow: 'GET, HEAD', 'content-type': 'text/plain' },
  });
}

function fail(url: URL): never {
  throw new Error(url.searchParams.get('message') ?? 'The probe was asked to fail.');
}

/** A handler in plain JavaScript may answer anything; the untyped result of `JSON.parse` lets this one do the same. */
function untyped(json: string): Response {
  return JSON.parse(json).response;
}

/** Answers after `delayMs` with everything that tells this request from the others around it. */
async function delayed(request: Request, url: URL): Promise<Response> {
  await sleep(Number(url.searchParams.get('delayMs') ?? '0'));
  return Response.json({
    token: url.searchParams.get('token'),
    header: request.headers.get('x-token'),
    body: await request.text(),
  });
}

function describe(invocation: Invocation): Response {
  const { provider, id, functionName, region, runtime, memoryMiB, coldStart } = invocation;
  return Response.json({
    provider,
    hasId: id.length > 0,
    functionName,
    region,
    runtime,
    memoryMiB,
    coldStart,
    hasTimeLeft: invocation.remainingMs() > 0,
  });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
