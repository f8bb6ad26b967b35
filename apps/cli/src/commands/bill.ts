import { billUsage } from '@tricloud/core';
import { isFields } from '@tricloud/core/parts';
import { billLines } from '../bill/bill-lines.ts';
import type { Action } from '../command-line/action.ts';
import type { bill as declaration } from '../declarations/costs.ts';
import { paintFor } from '../terminal.ts';
import { readPrices, readUsage } from '../workload-file.ts';

/** `tricloud bill`: a month of any services, line by line or as JSON. */
export const bill: Action<typeof declaration> = async ({ operands: file, values }) => {
  const { asOf, freeTier, json, lang } = values;
  const prices = await readPrices(values.prices);
  const change = (input: unknown) =>
    !freeTier && isFields(input) ? { ...input, freeTier: false } : input;
  const usage = await readUsage(file, { prices, change });
  const billed = billUsage(usage, { asOf });
  const layout = {
    lang,
    paint: paintFor(process.stdout, process.env),
    width: Math.min(process.stdout.columns ?? 100, 100),
  };
  const text = json ? JSON.stringify(billed, null, 2) : billLines(billed, layout).join('\n');
  process.stdout.write(`${text}\n`);
  return 0;
};
