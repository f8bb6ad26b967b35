import {
  billUsage,
  compare,
  InvalidInputError,
  lessonIn,
  lessonMarkdown,
  parseUsage,
  parseWorkload,
  providers,
  services,
} from '@tricloud/core';
import { readJson } from './body.ts';
import { cacheable, jsonResponse, textResponse, uncacheable } from './document.ts';
import { languageOf } from './language.ts';
import { preferredMediaType } from './negotiate.ts';
import { openApiJson } from './openapi.ts';
import { pageResponse } from './page.ts';
import { ProblemError } from './problem.ts';
import type { Asked, Resource, Route } from './resource.ts';
import { indexDocument } from './site-index.ts';
import { priceLists } from '@tricloud/core/price-lists';

/** Every resource of the function; `today` tells the day of a request as ISO 8601 writes it. */
export function resources(today: () => string): readonly Resource[] {
  return [
    { path: '/', get: home },
    { path: '/v1/lesson', get: lessonInLanguage },
    { path: '/v1/providers', get: () => jsonResponse(providers, cacheable) },
    { path: '/v1/providers/:id', get: oneOf('provider', providers) },
    { path: '/v1/services', get: () => jsonResponse(services, cacheable) },
    { path: '/v1/services/:id', get: oneOf('service', services) },
    { path: '/v1/comparisons', post: comparison(today) },
    { path: '/v1/bills', post: bill(today) },
    { path: '/v1/whoami', get: whoami },
    {
      path: '/openapi.json',
      get: () => textResponse('application/json', openApiJson(), cacheable),
    },
    { path: '/healthz', get: () => jsonResponse({ status: 'ok' }, uncacheable) },
  ];
}

/** What each answer to a negotiated request depends on, for caches. */
const vary = 'Accept, Accept-Language';

function home({ request, url, invocation }: Asked): Response {
  const type = acceptable(request, ['application/json', 'text/html']);
  const lang = languageOf(request, url);
  const headers = { 'content-language': lang, vary, ...uncacheable };
  return type === 'text/html'
    ? pageResponse(lang, invocation.provider, headers)
    : jsonResponse(indexDocument(lang), headers);
}

function lessonInLanguage({ request, url }: Asked): Response {
  const type = acceptable(request, ['application/json', 'text/markdown']);
  const lang = languageOf(request, url);
  const headers = { 'content-language': lang, vary, ...cacheable };
  if (type === 'application/json') {
    return jsonResponse(lessonIn(lang), headers);
  }
  return textResponse('text/markdown; charset=utf-8', lessonMarkdown(lang), headers);
}

function acceptable<T extends string>({ headers }: Request, types: readonly T[]): T {
  const type = preferredMediaType(headers.get('accept'), types);
  if (type !== undefined) return type;
  throw new ProblemError(406, {
    detail: `This is to be had as ${types.join(' or ')}.`,
    headers: { vary },
  });
}

function oneOf(kind: string, all: readonly { readonly id: string }[]): Route {
  return ({ parameters: { id } }) => {
    const found = all.find((each) => each.id === id);
    if (found) return jsonResponse(found, cacheable);
    const known = all.map((each) => each.id).join(', ');
    throw new ProblemError(404, {
      detail: `There is no ${kind} "${id}".`,
      faults: [{ path: 'id', value: id, problem: `must be one of ${known}, not "${id}"` }],
    });
  };
}

function comparison(today: () => string): Route {
  return posted('workload', (input) =>
    compare(parseWorkload(input, priceLists), { asOf: today(), prices: priceLists }),
  );
}

function bill(today: () => string): Route {
  return posted('usage document', (input) =>
    billUsage(parseUsage(input, priceLists), { asOf: today() }),
  );
}

/** Answers what is sent as JSON; throws `ProblemError` 422 with all that is wrong with it. */
function posted(what: string, make: (input: unknown) => object): Route {
  return async ({ request }) => {
    const input = await readJson(request);
    try {
      return jsonResponse(make(input), uncacheable);
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      const detail = `The body is JSON but no ${what}.`;
      throw new ProblemError(422, { detail, faults: error.faults });
    }
  };
}

function whoami({ invocation }: Asked): Response {
  const { provider, region, runtime, memoryMiB, id, coldStart } = invocation;
  return jsonResponse(
    { provider, region, runtime, memoryMiB, invocationId: id, coldStart },
    uncacheable,
  );
}
