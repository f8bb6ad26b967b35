console.log('loading');
for (;;);
