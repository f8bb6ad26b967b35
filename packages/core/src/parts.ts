// Building blocks of bills, for programs that keep the price lists or read documents of their own.
export { above, amount, count, fields, oneOf } from './input-fields.ts';
export { type Fault, InvalidInputError, shown } from './invalid-input.ts';
export { fromUsd } from './money/picodollars.ts';
export { nearest, orNearest } from './nearest.ts';
export { type Fields, isFields, readInput } from './parse-input.ts';
export {
  priceRows,
  type PriceRow,
  type PriceListTier,
  regionsOf,
  rowIn,
} from './pricing/price-rows.ts';
export type { MeterPrice } from './pricing/price-list.ts';
export { type PriceListData, PriceListSchema } from './pricing/price-list-schema.ts';
export {
  exactly,
  fromDecimal,
  isMore,
  minus,
  plus,
  product,
  type Quantity,
  quantity,
  ratio,
  toDecimal,
} from './pricing/quantity.ts';
