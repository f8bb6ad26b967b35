const { app } = require('@azure/functions');

const ids = [];
app.http('untilFour', {
  retry: { strategy: 'fixedDelay', maxRetryCount: 4, delayInterval: { milliseconds: 100 } },
  handler: async (_request, context) => {
    const { retryContext, invocationId } = context;
    ids.push(invocationId);
    context.log(`attempt ${JSON.stringify(retryContext)}`);
    if (retryContext.retryCount < 4) throw new Error(`failure ${retryContext.retryCount}`);
    return { jsonBody: { retryCount: retryContext.retryCount, ids: new Set(ids).size } };
  },
});
app.http('inVain', {
  retry: {
    strategy: 'exponentialBackoff',
    maxRetryCount: 2,
    minimumInterval: 100,
    maximumInterval: 200,
  },
  handler: async () => {
    throw new Error('always');
  },
});
app.timer('third', {
  schedule: '0 0 0 1 1 *',
  runOnStartup: true,
  retry: { strategy: 'fixedDelay', maxRetryCount: 5, delayInterval: { seconds: 1 } },
  handler: async (_timer, context) => {
    context.log(`timer attempt ${context.retryContext.retryCount}`);
    if (context.retryContext.retryCount < 2) throw new Error('not yet');
  },
});
