const { app } = require('@azure/functions');

app.hook.appStart((context) => {
  context.hookData.started = true;
  console.log('app started');
});
app.hook.appTerminate((context) => {
  console.log('app terminated after start', context.hookData.started);
});
app.hook.preInvocation((context) => {
  context.hookData.order = ['pre1'];
  if (context.invocationContext.functionName === 'replaced') context.inputs[0] = 'replaced input';
});
app.hook.preInvocation((context) => {
  context.hookData.order.push('pre2');
  const { functionName } = context.invocationContext;
  if (functionName === 'refused') throw new Error('refused by a hook');
  if (functionName === 'swapped') context.functionHandler = () => ({ body: 'swapped' });
  if (functionName === 'assigned') context.hookData = {};
});
app.hook.postInvocation((context) => {
  const { functionName } = context.invocationContext;
  console.log('post', functionName, context.error?.message ?? 'no error');
  if (functionName === 'replaced') {
    context.result = { jsonBody: [...context.hookData.order, context.result, 'post'] };
  }
  if (functionName === 'healed') {
    context.error = null;
    context.result = { body: 'healed' };
  }
});
app.hook.log((context) => {
  if (context.message === 'plain words') context.message = 'edited words';
  if (context.category === 'system') throw new Error('a log hook that fails');
});
app.http('replaced', { handler: async (input) => ({ input }) });
app.http('swapped', { handler: async () => ({ body: 'original' }) });
app.http('refused', { handler: async () => ({ body: 'never' }) });
app.http('assigned', { handler: async () => ({ body: 'never' }) });
app.http('healed', {
  handler: async () => {
    throw new Error('to be healed');
  },
});
app.http('logs', {
  handler: async (_request, context) => {
    context.log('plain words');
    setTimeout(() => context.log('too late'), 30);
    return {};
  },
});
