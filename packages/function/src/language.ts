import type { Lang } from '@tricloud/core';
import type { Context } from 'hono';
import { acceptedLanguage } from './negotiate.ts';
import { ProblemError } from './problem.ts';

const languages: readonly Lang[] = ['vi', 'en'];

/**
 * Returns the language of the response: `?lang=`, else what Accept-Language prefers, else Vietnamese, the lesson's own.
 * Throws `ProblemError` 400 for an unknown `lang`; a header that names only other languages is no error.
 */
export function languageOf(c: Context): Lang {
  const asked = new URL(c.req.url).searchParams.getAll('lang');
  if (asked.length === 0) return acceptedLanguage(c, languages) ?? 'vi';
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
