import { isMore, minus, zero, type Quantity } from './quantity.ts';

/** What is used, parted into what the allowance covers and what is billed. */
export interface Allowed {
  readonly free: Quantity;
  readonly billed: Quantity;
}

/** Takes a free allowance off what is used; the two parts are together exactly what was used. */
export function takeAllowance(used: Quantity, allowance: Quantity): Allowed {
  if (allowance.numerator === 0n) return { free: zero, billed: used };
  if (!isMore(used, allowance)) return { free: used, billed: zero };
  return { free: allowance, billed: minus(used, allowance) };
}
