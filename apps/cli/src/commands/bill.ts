import { billUsage } from '@tricloud/core';
import { asDay, asLanguage, onlyPositional, parseArguments, today } from '../arguments.ts';
import { billLines } from '../bill/bill-lines.ts';
import { isRecord } from '../json-file.ts';
import type { Command } from '../main.ts';
import { paintFor } from '../terminal.ts';
import { readPrices, readUsage } from '../workload-file.ts';

const options = {
  json: { type: 'boolean' },
  'no-free-tier': { type: 'boolean' },
  'as-of': { type: 'string' },
  prices: { type: 'string' },
  lang: { type: 'string' },
} as const;

/** `tricloud bill`: a month of any services, line by line or as JSON. */
export const bill: Command = async (args) => {
  const { values, positionals } = parseArguments('bill', args, options);
  const file = onlyPositional('bill', positionals, 'a usage file');
  const lang = asLanguage('bill', values.lang ?? 'en');
  const asOf = asDay('bill', values['as-of'] ?? today());
  const prices = await readPrices(values.prices);
  const change = (input: unknown) =>
    values['no-free-tier'] === true && isRecord(input) ? { ...input, freeTier: false } : input;
  const usage = await readUsage(file, { prices, change });
  const billed = billUsage(usage, { asOf });
  const text =
    values.json === true
      ? JSON.stringify(billed, null, 2)
      : billLines(billed, {
          lang,
          paint: paintFor(process.stdout, process.env),
          width: Math.min(process.stdout.columns ?? 100, 100),
        }).join('\n');
  process.stdout.write(`${text}\n`);
  return 0;
};
