import { ageWarning, unverifiedWarning } from '../billing/price-warnings.ts';
import type { Metered } from '../billing/metered.ts';
import type { MeterPrice, PriceListHead } from '../pricing/price-list.ts';
import type { Carrier } from './carriers.ts';

/** What is to be said of the prices of offers: those of an old list, and those that were not read in their source. */
export function warningsOf(carriers: readonly Carrier[], asOf: string): readonly string[] {
  const lists: PriceListHead[] = [];
  const recalled = new Set<MeterPrice>();
  const see = ({ price }: Metered) => {
    if (price.confidence === 'unverified') recalled.add(price);
    if (!lists.includes(price.list)) lists.push(price.list);
  };
  for (const { curve } of carriers) {
    for (const metered of curve.perRequest) see(metered);
    for (const metered of curve.kept?.month.each ?? []) see(metered);
  }
  return [
    ...lists.map((list) => ageWarning(list, asOf)),
    ...Array.from(recalled, unverifiedWarning),
  ].flatMap((warning) => warning?.en ?? []);
}
