const { app } = require('@azure/functions');

const told = async (request, context) => ({
  jsonBody: {
    name: context.functionName,
    method: request.method,
    url: request.url,
    params: request.params,
    query: [...request.query],
    headers: [...request.headers],
    text: await request.text(),
    invocationId: context.invocationId,
    triggerMetadata: context.triggerMetadata ?? null,
    traceParent: context.traceContext?.traceParent,
    user: request.user,
  },
});

app.http('hello', {
  handler: async (request) => ({ body: `Hello, ${request.query.get('name') ?? 'world'}!` }),
});
app.http('withHead', {
  methods: ['GET', 'HEAD'],
  handler: async () => ({ body: 'body', headers: { 'x-here': 'yes' } }),
});
app.http('none', { methods: [], handler: told });
app.http('num', { route: 'num/{id:int}', handler: told });
app.http('product', { route: 'products/{category:alpha}/{id:int?}', handler: told });
app.http('files', { route: 'files/{*path}', handler: told });
app.http('echo', { route: 'echo/{a}/{b?}', methods: ['GET', 'POST', 'PUT'], handler: told });
app.http('page', { route: 'def/{page:int=1}', handler: told });
app.http('range', { route: 'rng/{n:range(1,10)}', handler: told });
app.http('aDetails', { route: 'items/{id}', handler: told });
app.http('zList', { route: 'items/list', handler: told });
app.get('shared-get', { route: 'shared', handler: async () => ({ body: 'G' }) });
app.post('shared-post', { route: 'shared', handler: async () => ({ body: 'P' }) });
app.http('admins', { route: 'administrators', handler: told });
app.http('rival', { route: 'ITEMS/{id}/', handler: told });
app.http('keyed', { authLevel: 'function', handler: told });
app.http('mastersOnly', { authLevel: 'admin', handler: told });
app.http('off', { handler: told });
app.http('offKeyed', { authLevel: 'function', handler: told });
app.http('bytes', {
  methods: ['POST'],
  handler: async (request) => ({
    body: Buffer.from(await request.arrayBuffer()),
    headers: { 'content-type': request.headers.get('content-type') },
  }),
});
app.http('nothing', { handler: async () => undefined });
app.http('nil', { handler: async () => null });
app.http('plain', { handler: async () => 'plain' });
app.http('throws', {
  handler: async () => {
    throw new Error('secret detail');
  },
});
app.http('throwsNothing', {
  handler: async () => {
    throw undefined;
  },
});
app.http('empty', { handler: async () => ({}) });
app.http('moved', { handler: async () => ({ status: 302, headers: { location: '/elsewhere' } }) });
app.http('teapot', { handler: async () => ({ status: 418, jsonBody: { a: 1 } }) });
app.http('status600', { handler: async () => ({ status: 600 }) });
app.http('badCookie', {
  handler: async () => ({ cookies: [{ name: 'a', value: 'b', maxAge: 'soon' }] }),
});
app.http('buffer', { handler: async () => ({ body: Buffer.from([0, 255]) }) });
app.http('ownType', {
  handler: async () => ({
    jsonBody: { a: 1 },
    headers: { 'Content-Type': 'application/vnd.x+json' },
  }),
});
app.http('cookies', {
  handler: async () => ({
    cookies: [
      { name: 'a', value: 'x y;z', maxAge: 60, httpOnly: true, secure: true, sameSite: 'Strict' },
      { name: 'b', value: '1', path: '/p', domain: 'ex.com' },
      { name: 'c', value: '', expires: new Date(0) },
      { name: 'd', value: '', expires: new Date(1000), sameSite: 'None' },
    ],
  }),
});
app.http('native', {
  handler: async () => new Response('native', { status: 203, headers: { 'x-native': 'yes' } }),
});
app.http('setHeader', {
  methods: ['POST'],
  handler: async (request) => ({ headers: { ...(await request.json()) }, body: 'x' }),
});
app.http('log', {
  handler: async (_request, context) => {
    context.log('user line');
    context.warn('user warning');
    console.log('console line');
    await new Promise((resolve) => setTimeout(resolve, 20));
    console.error('console error');
    process.stdout.write('in two ');
    process.stdout.write('halves\n');
    return {};
  },
});
app.http('env', { handler: async () => ({ jsonBody: { ...process.env, cwd: process.cwd() } }) });
app.storageQueue('queued', {
  queueName: 'q',
  connection: 'C',
  handler: (entry, context) => context.log(`queued ${JSON.stringify(entry)}`),
});
app.timer('tick', {
  schedule: '0 0 0 1 1 *',
  handler: (timer, context) => context.log(`tick ${JSON.stringify(timer)}`),
});
app.timer('badTimer', { schedule: 'every now and then', handler: () => {} });
app.warmup('warm', { handler: (_context, context) => context.log('warmed up') });
