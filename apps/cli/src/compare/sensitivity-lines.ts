import type { Sensitivity } from '@tricloud/core';
import { wrap } from '../table.ts';
import type { Layout } from './comparison-lines.ts';
import { words } from './words.ts';

/** What would make another offer the cheapest, one line a number of the workload. */
export function sensitivityLines(
  sensitivities: readonly Sensitivity[],
  { lang, paint, width }: Layout,
): readonly string[] {
  const say = words[lang];
  const lines = sensitivities.flatMap(({ field, value, below, above }) => {
    const turns = [
      ...(below === null ? [] : [`${say.downTo} ${shown(below.value)}: ${below.cheapest || '-'}`]),
      ...(above === null ? [] : [`${say.upTo} ${shown(above.value)}: ${above.cheapest || '-'}`]),
    ];
    const told = turns.length === 0 ? say.nothing : turns.join('; ');
    return wrap(`${field} ${shown(value)}: ${told}`, width - 2, '  ').map((line) => `  ${line}`);
  });
  return ['', paint('bold', say.sensitivity), ...lines];
}

function shown(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 3 });
}
