/** The page at `/` of an app without a function there. */
export const homePage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Your function app is running</title>
    <style>body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 4rem auto; max-width: 40rem; padding: 0 1rem }</style>
  </head>
  <body>
    <h1>Your function app is up and running</h1>
    <p>It speaks as Azure Functions does. Its functions are listed where it was started and at
    <a href="/admin/functions">/admin/functions</a>.</p>
  </body>
</html>
`;
