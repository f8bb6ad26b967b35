import { app } from '@azure/functions';
globalThis.loadCount += 1;
app.http('two', { handler: async () => ({ body: 'two' }) });
