import type { Invocation } from '@tricloud/adapters';
import {
  billUsage,
  compare,
  lessonIn,
  lessonMarkdown,
  parseUsage,
  parseWorkload,
  providers,
  services,
} from '@tricloud/core';
import { priceLists } from '@tricloud/core/price-lists';
import { Hono } from 'hono/tiny';
import { parseJsonBody } from './body.ts';
import { cors, type CorsOrigins } from './cors.ts';
import { cacheable, completeHeaders } from './headers.ts';
import { languageOf } from './language.ts';
import { answerOtherMethods } from './methods.ts';
import { acceptedType } from './negotiate.ts';
import { openApiJson } from './openapi.ts';
import { pageFor, pagePolicy } from './page.ts';
import { comparablePath } from './path.ts';
import { answerError, answerNotFound, ProblemError } from './problem.ts';
import { indexDocument } from './site-index.ts';

/** Options of the function that may differ between two deployments. */
export interface AppOptions {
  /** Web origins whose pages may read the responses; none means no CORS headers at all. */
  readonly corsOrigins?: CorsOrigins;
  /** Returns the date of a request in ISO 8601; the clock's date in UTC unless given. */
  readonly today?: () => string;
}

/** Hono's environment: an adapter passes the invocation as the bindings, so `c.env.provider` is the cloud. */
export interface AppEnv {
  Bindings: Invocation;
}

/** Creates the function that ships: routes over core, and every error as a problem document (RFC 9457). */
export function createApp({ corsOrigins = [], today = utcDate }: AppOptions = {}): Hono<AppEnv> {
  const app = new Hono<AppEnv>({ getPath: ({ url }) => comparablePath(new URL(url).pathname) });
  app.use(cors(corsOrigins), completeHeaders);

  app.get('/', (c) => {
    const type = acceptedType(c, ['application/json', 'text/html']);
    const lang = languageOf(c);
    c.header('content-language', lang);
    if (type === 'application/json') return c.json(indexDocument(lang));
    c.header('content-security-policy', pagePolicy);
    return c.body(pageFor(lang, c.env.provider), 200, { 'content-type': `${type}; charset=utf-8` });
  });
  app.get('/v1/lesson', cacheable, (c) => {
    const type = acceptedType(c, ['application/json', 'text/markdown']);
    const lang = languageOf(c);
    c.header('content-language', lang);
    if (type === 'application/json') return c.json(lessonIn(lang));
    return c.body(lessonMarkdown(lang), 200, { 'content-type': `${type}; charset=utf-8` });
  });
  app.get('/v1/providers', cacheable, (c) => c.json(providers));
  app.get('/v1/providers/:id', cacheable, (c) =>
    c.json(findById('provider', providers, c.req.param('id'))),
  );
  app.get('/v1/services', cacheable, (c) => c.json(services));
  app.get('/v1/services/:id', cacheable, (c) =>
    c.json(findById('service', services, c.req.param('id'))),
  );
  app.post('/v1/comparisons', async (c) => {
    const workload = await parseJsonBody(c.req.raw, 'workload', parseWorkload);
    return c.json(compare(workload, { asOf: today(), prices: priceLists }));
  });
  app.post('/v1/bills', async (c) => {
    const usage = await parseJsonBody(c.req.raw, 'usage document', parseUsage);
    return c.json(billUsage(usage, { asOf: today() }));
  });
  app.get('/v1/whoami', (c) => {
    const { provider, region, runtime, memoryMiB, id, coldStart } = c.env;
    return c.json({ provider, region, runtime, memoryMiB, invocationId: id, coldStart });
  });
  app.get('/openapi.json', cacheable, (c) =>
    c.body(openApiJson(), 200, { 'content-type': 'application/json' }),
  );
  app.get('/healthz', (c) => c.json({ status: 'ok' }));

  answerOtherMethods(app);
  app.notFound(answerNotFound);
  app.onError(answerError);
  return app;
}

function findById<T extends { readonly id: string }>(
  kind: string,
  all: readonly T[],
  id: string,
): T {
  const found = all.find((each) => each.id === id);
  if (found) return found;
  const known = all.map((each) => each.id).join(', ');
  throw new ProblemError(404, {
    detail: `There is no ${kind} "${id}".`,
    faults: [{ path: 'id', value: id, problem: `must be one of ${known}, not "${id}"` }],
  });
}

function utcDate(): string {
  return new Date().toISOString().slice(0, 10);
}
