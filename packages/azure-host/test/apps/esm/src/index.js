import { app } from '@azure/functions';
globalThis.loadCount = (globalThis.loadCount ?? 0) + 1;
app.http('index', { handler: async () => ({ body: String(globalThis.loadCount) }) });
