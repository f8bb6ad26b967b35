import { app } from '@azure/functions';

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
app.http('five', {
  handler: async () => ({
    body: (async function* chunks() {
      for (let index = 0; index < 5; index += 1) {
        await new Promise((resolve) => {
          setTimeout(resolve, 100);
        });
        yield `chunk ${index};`;
      }
    })(),
  }),
});
app.http('endless', {
  handler: async () => ({
    body: (async function* chunks() {
      for (;;) {
        await new Promise((resolve) => {
          setTimeout(resolve, 10);
        });
        yield 'more;';
      }
    })(),
  }),
});
app.http('breaksOff', {
  handler: async () => ({
    body: (async function* chunks() {
      yield 'begun;';
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
      throw new Error('broken off');
    })(),
  }),
});
app.http('count', {
  methods: ['POST'],
  handler: async (request) => {
    let size = 0;
    for await (const chunk of request.body) size += chunk.length;
    return { body: String(size) };
  },
});
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
