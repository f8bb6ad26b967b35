import type { Sensitivity } from '@tricloud/core';
import { number } from '../numbers.ts';
import { wrap } from '../table.ts';
import type { Layout } from './layout.ts';
import { nameOf } from './names.ts';
import { words } from './words.ts';

/** Changes of one number that make another plan or server the cheapest, one line a number of the workload. */
export function sensitivityLines(
  sensitivities: readonly Sensitivity[],
  { lang, paint, width }: Layout,
): readonly string[] {
  const say = words[lang];
  const cheapest = (id: string) => (id === '' ? undefined : nameOf(id, lang));
  const lines = sensitivities.flatMap(({ field, value, below, above }) => {
    const amount = (at: number) =>
      field === 'requestsPerMonth' ? say.requests(number(at, lang)) : number(at, lang);
    const changes = [
      ...(below === null ? [] : [say.downTo(amount(below.value), cheapest(below.cheapest))]),
      ...(above === null ? [] : [say.upTo(amount(above.value), cheapest(above.cheapest))]),
    ];
    const all = changes.length === 0 ? say.nothing : changes.join('; ');
    return wrap(`${field} ${number(value, lang)}: ${all}`, width - 2, '  ').map(
      (line) => `  ${line}`,
    );
  });
  return ['', ...wrap(say.sensitivity, width).map((line) => paint('bold', line)), ...lines];
}
