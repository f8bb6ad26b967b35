import { ageWarning, isTooOld, recallWarning } from '../billing/bill-usage.ts';
import type { Metered } from '../billing/metered.ts';
import type { MeterPrice, SheetHead } from '../pricing/price-sheet.ts';
import type { Carrier } from './carriers.ts';

/** What is to be said of the prices of offers: those of an old sheet, and those that were not read in their source. */
export function warningsOf(carriers: readonly Carrier[], asOf: string): readonly string[] {
  const sheets: SheetHead[] = [];
  const recalled = new Set<MeterPrice>();
  const see = ({ price }: Metered) => {
    if (price.confidence === 'recalled') recalled.add(price);
    if (!sheets.includes(price.sheet)) sheets.push(price.sheet);
  };
  for (const { curve } of carriers) {
    for (const metered of curve.perRequest) see(metered);
    for (const metered of curve.kept?.month.each ?? []) see(metered);
  }
  return [
    ...sheets.filter((sheet) => isTooOld(sheet, asOf)).map((sheet) => ageWarning(sheet, asOf)),
    ...[...recalled].map(recallWarning),
  ];
}
