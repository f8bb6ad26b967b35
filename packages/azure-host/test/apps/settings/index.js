const { app } = require('@azure/functions');

app.http('env', {
  handler: async () => ({ jsonBody: { one: process.env.ONE, two: process.env.TWO } }),
});
app.http('cookie', {
  handler: async () => ({
    cookies: [
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ],
    headers: { 'X-Own': 'function' },
  }),
});
app.http('slow', {
  handler: async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { body: 'slow' };
  },
});
