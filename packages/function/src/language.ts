import type { Lang } from '@tricloud/core';
import type { Context } from 'hono';
import { preferredLanguage } from './negotiate.ts';
import { ProblemError } from './problem.ts';

const languages: readonly Lang[] = ['vi', 'en'];

/**
 * The language of the answer: `?lang=`, else what Accept-Language prefers, else Vietnamese, which is the lesson's own.
 * Throws `ProblemError` 400 for a `lang` that there is not; a header that names other languages only is no error.
 */
export function languageOf(c: Context): Lang {
  const asked = c.req.queries('lang');
  if (!asked) return preferredLanguage(c.req.header('accept-language') ?? null, languages) ?? 'vi';
  const known = languages.find((each) => asked.every((value) => value === each));
  if (known) return known;
  throw new ProblemError(400, {
    detail: 'There is no lesson in that language.',
    faults: [
      {
        path: 'lang',
        value: asked.length === 1 ? asked[0] : asked,
        problem: `must be ${languages.join(' or ')}, once, not "${asked.join('" and "')}"`,
      },
    ],
  });
}
