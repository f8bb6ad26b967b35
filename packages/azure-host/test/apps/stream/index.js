import { app } from '@azure/functions';

const pause = (milliseconds) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

async function* five() {
  for (let index = 0; index < 5; index += 1) {
    await pause(100);
    yield `chunk ${index};`;
  }
}

async function* endless() {
  for (;;) {
    await pause(10);
    yield 'more;';
  }
}

async function* breaksOff() {
  yield 'begun;';
  await pause(50);
  throw new Error('broken off');
}

app.setup({ enableHttpStream: true });

app.http('echo', {
  route: 'echo/{id?}',
  methods: ['GET', 'POST', 'PUT', 'DELETE', 'HEAD'],
  handler: async (request, context) => ({
    jsonBody: {
      text: await request.text(),
      url: request.url,
      params: request.params,
      query: [...request.query],
      headers: [...request.headers],
      invocationId: context.invocationId,
    },
  }),
});
app.http('five', { handler: async () => ({ body: five() }) });
app.http('endless', { handler: async () => ({ body: endless() }) });
app.http('breaksOff', { handler: async () => ({ body: breaksOff() }) });
app.http('count', {
  methods: ['POST'],
  handler: async (request) => {
    let size = 0;
    for await (const chunk of request.body) size += chunk.length;
    return { body: String(size) };
  },
});
app.http('ignores', { methods: ['POST'], handler: async () => ({ status: 403, body: 'no' }) });
app.http('nothing', { handler: async () => undefined });
app.http('throws', {
  handler: async () => {
    throw new Error('secret detail');
  },
});
app.http('cookies', {
  handler: async () => ({
    status: 201,
    cookies: [
      { name: 'a', value: 'x y', maxAge: 60, httpOnly: true },
      { name: 'c', value: '', expires: new Date(0) },
    ],
  }),
});
