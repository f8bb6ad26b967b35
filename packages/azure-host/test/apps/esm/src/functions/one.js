import { app } from '@azure/functions';
globalThis.loadCount += 1;
app.http('one', { handler: async () => ({ body: 'one' }) });
