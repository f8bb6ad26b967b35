import type { MiddlewareHandler } from 'hono';

/** Lets caches keep for an hour what changes only with a new version of the function. */
export const cacheable: MiddlewareHandler = async (c, next) => {
  await next();
  if (c.res.ok) c.header('cache-control', 'public, max-age=3600');
};

/** Adds what every response has: its length, which HEAD needs too, and the headers that keep browsers safe. */
export const completeHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('x-content-type-options', 'nosniff');
  c.header('referrer-policy', 'no-referrer');
  if (!c.res.headers.has('content-security-policy')) {
    c.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  }
  if (c.res.body === null) return;
  if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
  const body = await c.res.arrayBuffer();
  c.res = new Response(body, c.res);
  c.header('content-length', String(body.byteLength));
};
