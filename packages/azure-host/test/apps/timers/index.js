const { app } = require('@azure/functions');

app.timer('second', {
  schedule: '*/1 * * * * *',
  handler: (timer, context) => context.log(`second ${Date.now()} ${JSON.stringify(timer)}`),
});
app.timer('slow', {
  schedule: '00:00:00.100',
  handler: async (_timer, context) => {
    context.log('slow begins');
    await new Promise((resolve) => setTimeout(resolve, 350));
    context.log('slow ends');
  },
});
app.timer('hourly', {
  schedule: '%HOURLY%',
  runOnStartup: true,
  handler: (timer, context) => context.log(`hourly ${JSON.stringify(timer)}`),
});
