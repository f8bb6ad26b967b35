const { app } = require('@azure/functions');
app.http('hello', {
  handler: async (req, ctx) => {
    ctx.log('hi there');
    console.log('from console');
    return { body: `Hello, ${req.query.get('name')}!` };
  },
});
app.http('echo', {
  route: 'echo/{a}/{b?}',
  methods: ['POST', 'GET'],
  handler: async (req) => ({
    jsonBody: {
      url: req.url,
      params: req.params,
      h: Object.fromEntries(req.headers),
      q: [...req.query],
    },
  }),
});
app.http('boom', {
  handler: async () => {
    throw new Error('secret');
  },
});
app.http('exit', {
  handler: async () => {
    process.exit(3);
  },
});
