import { ageWarning, isTooOld, recallWarning } from '../billing/bill-usage.ts';
import type { MeterPrice, SheetHead } from '../pricing/price-sheet.ts';
import type { Carrier } from './carriers.ts';

/** What is to be said of the prices of offers: those of an old sheet, and those that were not read in their source. */
export function warningsOf(carriers: readonly Carrier[], asOf: string): readonly string[] {
  const sheets = new Set<SheetHead>();
  const recalled = new Set<MeterPrice>();
  for (const { curve } of carriers) {
    for (const metered of [curve.perRequest, curve.kept?.each ?? []]) {
      for (const { price } of metered) {
        sheets.add(price.sheet);
        if (price.confidence === 'recalled') recalled.add(price);
      }
    }
  }
  return [
    ...[...sheets].filter((sheet) => isTooOld(sheet, asOf)).map((sheet) => ageWarning(sheet, asOf)),
    ...[...recalled].map(recallWarning),
  ];
}
