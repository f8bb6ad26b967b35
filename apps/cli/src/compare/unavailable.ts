import type { Comparison } from '@tricloud/core';
import { wrap } from '../table.ts';
import type { Layout } from './layout.ts';
import { nameOf } from './names.ts';

/** One paragraph a reason, with the names of everything that is unavailable for it. */
export function unavailableLines(
  { unavailable }: Comparison,
  { lang, width }: Pick<Layout, 'lang' | 'width'>,
): readonly (readonly string[])[] {
  return grouped(
    unavailable.map(({ id, reason }) => ({ name: nameOf(id, lang), text: reason[lang] })),
    width,
  );
}

/** One paragraph a text, after the names that it applies to. */
export function grouped(
  said: readonly { readonly name: string; readonly text: string }[],
  width: number,
): readonly (readonly string[])[] {
  const namesOf = new Map<string, string[]>();
  for (const { name, text } of said) {
    const names = namesOf.get(text);
    if (names === undefined) namesOf.set(text, [name]);
    else if (!names.includes(name)) names.push(name);
  }
  return Array.from(namesOf, ([text, names]) => wrap(`${names.join('; ')}: ${text}`, width, '  '));
}
