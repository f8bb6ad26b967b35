import { app } from '@azure/functions';
app.setup({ enableHttpStream: true });
app.http('echo', {
  route: 'echo/{id?}',
  methods: ['GET', 'POST'],
  handler: async (req, context) => ({
    jsonBody: {
      text: await req.text(),
      d: req.query.getAll('d'),
      params: req.params,
      url: req.url,
      headers: Object.fromEntries(req.headers),
    },
  }),
});
app.http('five', {
  handler: async () => ({
    body: (async function* () {
      for (let i = 0; i < 5; i++) {
        await new Promise((r) => setTimeout(r, 100));
        yield `chunk${i};`;
      }
    })(),
  }),
});
app.http('nothing', { handler: async () => undefined });
app.http('boom', {
  handler: async () => {
    throw new Error('secret detail');
  },
});
