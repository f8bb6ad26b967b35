import type { MiddlewareHandler } from 'hono';

/** Tells browsers to trust the declared type and to send no referrer, and a document to load nothing of others. */
export const safetyHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers } = context.res;
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'no-referrer');
  if (!headers.has('content-security-policy')) {
    headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  }
};
