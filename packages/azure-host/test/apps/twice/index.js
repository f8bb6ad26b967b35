const { app } = require('@azure/functions');
app.http('x', { handler: async () => ({}) });
app.http('x', { handler: async () => ({}) });
