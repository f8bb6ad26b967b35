// What stands behind a bill, for programs that price usage at prices of their own or keep the lists.
export { azureVmDisks, azureVmSizes } from './billing/azure-vm.ts';
export type { Metered } from './billing/metered.ts';
export { above, amount, count, fields, flag, oneOf, real, whole } from './input-fields.ts';
export { fromUsd } from './money/picodollars.ts';
export { shown } from './invalid-input.ts';
export { orNearest } from './nearest.ts';
export { type Fields, isFields, type Read, type ReadOptions, readInput } from './parse-input.ts';
export { priceRows, type PriceRow, type PriceListTier } from './pricing/price-rows.ts';
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
