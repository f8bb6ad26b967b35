const { app } = require('@azure/functions');
app.http('x', { route: '/x', handler: async () => ({}) });
