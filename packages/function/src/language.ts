import type { Lang } from '@tricloud/core';
import { preferredLanguage } from './negotiate.ts';
import { ProblemError } from './problem.ts';

const languages: readonly Lang[] = ['vi', 'en'];

/**
 * The language of the answer: `?lang=`, else what Accept-Language prefers, else Vietnamese, which is the lesson's own.
 * Throws `ProblemError` 400 for a `lang` that there is not; a header that names other languages only is no error.
 */
export function languageOf({ headers, url }: Request): Lang {
  const asked = new URL(url).searchParams.getAll('lang');
  if (asked.length === 0)
    return preferredLanguage(headers.get('accept-language'), languages) ?? 'vi';
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
