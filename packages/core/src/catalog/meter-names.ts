import names from './meter-names.json' with { type: 'json' };
import type { Lang } from './text.ts';

const meters: Readonly<Record<string, string | undefined>> = names.meters;
const units: Readonly<Record<string, string | undefined>> = names.units;

/** Name of a line of a bill in a language; in English its id. */
export function meterName(meter: string, lang: Lang): string {
  return lang === 'vi' ? (meters[meter] ?? meter) : meter;
}

/** Name of a unit of a price list in a language; in English its id. */
export function unitName(unit: string, lang: Lang): string {
  return lang === 'vi' ? (units[unit] ?? unit) : unit;
}
