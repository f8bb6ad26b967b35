import { lessonIn, lessonMarkdown } from '@tricloud/core';
import { cacheable, jsonResponse, textResponse, uncacheable } from './document.ts';
import type { Route, RouteContext } from './env.ts';
import { languageOf } from './language.ts';
import { preferredMediaType } from './negotiate.ts';
import { pageResponse } from './page.ts';
import { ProblemError } from './problem.ts';
import { indexDocument } from './site-index.ts';

/** What a negotiated answer depends on, for caches. */
const vary = 'Accept, Accept-Language';

/** The index: a page for browsers, JSON for programs. */
export function home({ req, env }: RouteContext): Response {
  const type = acceptable(req.raw, ['application/json', 'text/html']);
  const lang = languageOf(req.raw);
  const headers = { 'content-language': lang, vary, ...uncacheable };
  return type === 'text/html'
    ? pageResponse(lang, env.invocation.provider, headers)
    : jsonResponse(indexDocument(lang), headers);
}

/** The lesson, as JSON or as Markdown. */
export function lesson({ req }: RouteContext): Response {
  const type = acceptable(req.raw, ['application/json', 'text/markdown']);
  const lang = languageOf(req.raw);
  const headers = { 'content-language': lang, vary, ...cacheable };
  return type === 'application/json'
    ? jsonResponse(lessonIn(lang), headers)
    : textResponse('text/markdown; charset=utf-8', lessonMarkdown(lang), headers);
}

/** One entry of a list, by `:id`. */
export function listed(kind: string, all: readonly { readonly id: string }[]): Route {
  return ({ req }) => {
    const id = req.param('id') ?? '';
    const found = all.find((each) => each.id === id);
    if (found) return jsonResponse(found, cacheable);
    const known = all.map((each) => each.id).join(', ');
    throw new ProblemError(404, {
      detail: `There is no ${kind} "${id}".`,
      faults: [{ path: 'id', value: id, problem: `must be one of ${known}, not "${id}"` }],
    });
  };
}

/** Who answers, and where. */
export function whoami({ env }: RouteContext): Response {
  const { provider, region, runtime, memoryMiB, id, coldStart } = env.invocation;
  return jsonResponse(
    { provider, region, runtime, memoryMiB, invocationId: id, coldStart },
    uncacheable,
  );
}

function acceptable<T extends string>({ headers }: Request, types: readonly T[]): T {
  const type = preferredMediaType(headers.get('accept'), types);
  if (type !== undefined) return type;
  throw new ProblemError(406, {
    detail: `This is available as ${types.join(' or ')}.`,
    headers: { vary },
  });
}
