import { text } from '../catalog/bilingual.ts';
import type { Lang, Text } from '../catalog/text.ts';
import type { MeterPrice, PriceListHead } from '../pricing/price-list.ts';
import { isMore, quantity, type Quantity } from '../pricing/quantity.ts';

/** A warning that a list is newer than a day, or was last compared with its sources more than a year before it. */
export function ageWarning({ service, date }: PriceListHead, asOf: string): Text | undefined {
  if (asOf < date) {
    return text(
      `Giá của ${service} là giá ngày ${date}, mới hơn ngày ${asOf}; vào ngày đó giá có thể khác.`,
      `The prices of ${service} are of ${date}, newer than ${asOf}; they may have been different on that day.`,
    );
  }
  const aYearOn = String(Number(date.slice(0, 4)) + 1) + date.slice(4);
  if (asOf <= aYearOn) return undefined;
  return text(
    `Giá của ${service} là giá ngày ${date}, cũ hơn ngày ${asOf} quá một năm.`,
    `The prices of ${service} are of ${date}, more than a year before ${asOf}.`,
  );
}

/** A warning that a price was not read in its source. */
export function unverifiedWarning(price: MeterPrice): Text | undefined {
  const { confidence, region, source } = price;
  if (confidence !== 'unverified') return undefined;
  return text(
    `Giá ${idOf(price)} ở ${region} chưa được kiểm chứng; hãy đối chiếu với ${source}.`,
    `The price ${idOf(price)} in ${region} is unverified; compare it with ${source}.`,
  );
}

/** A warning that more is used than prices are known for; where the last of them is nothing, the rest is left out. */
export function beyondKnownWarning(price: MeterPrice, counted: Quantity): Text | undefined {
  const { knownUpTo, region, unit, tiers } = price;
  if (knownUpTo === null || !isMore(counted, quantity(knownUpTo))) return undefined;
  const isFree = tiers.at(-1)?.unitPrice === 0n;
  const end = (lang: Lang) => `${knownUpTo.toLocaleString(lang)} ${unit}`;
  return text(
    `Không rõ giá ${idOf(price)} ở ${region} khi vượt quá ${end('vi')}; ${isFree ? 'phần vượt không có trong hoá đơn này' : 'phần vượt tính theo giá cuối cùng đã biết'}.`,
    `The price ${idOf(price)} in ${region} above ${end('en')} is not known; ${isFree ? 'what it costs is left out of this bill' : 'the last known one is taken'}.`,
  );
}

/** The price as a key of own prices names it. */
function idOf({ list, id }: MeterPrice): string {
  return `${list.service}/${id}`;
}
