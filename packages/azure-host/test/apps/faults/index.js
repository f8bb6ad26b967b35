const { app } = require('@azure/functions');

app.http('fine', { handler: async () => ({ body: String(process.pid) }) });
app.http('slow', {
  handler: async () => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    return { body: 'slow' };
  },
});
app.http('exit', { handler: async () => process.exit(3) });
app.http('uncaught', {
  handler: () =>
    new Promise(() => {
      setImmediate(() => {
        throw new Error('nobody catches this');
      });
    }),
});
app.http('rejected', {
  handler: () =>
    new Promise(() => {
      void Promise.reject(new Error('nobody awaits this'));
    }),
});
app.http('loop', {
  handler: async () => {
    console.log('looping');
    for (;;);
  },
});
app.http('hang', { handler: () => new Promise(() => {}) });
app.http('chdir', {
  handler: async () => {
    process.chdir('/');
    return { body: 'moved' };
  },
});
