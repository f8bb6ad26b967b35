import { compare as compareWorkload, sensitivityOf } from '@tricloud/core';
import { asDay, asLanguage, onlyPositional, parseArguments, today } from '../arguments.ts';
import { comparisonLines } from '../compare/comparison-lines.ts';
import { hasBlocks } from '../compare/layout.ts';
import { screen } from '../compare/screen.ts';
import { sensitivityLines } from '../compare/sensitivity-lines.ts';
import { workloadChange, workloadOptions } from '../compare/workload-flags.ts';
import { UsageError } from '../errors.ts';
import type { Command } from '../main.ts';
import { columnsOf, paintFor } from '../terminal.ts';
import { readPrices, readWorkload } from '../workload-file.ts';

const options = {
  ...workloadOptions,
  all: { type: 'boolean' },
  json: { type: 'boolean' },
  sensitivity: { type: 'boolean' },
  prices: { type: 'string' },
  'as-of': { type: 'string' },
  lang: { type: 'string' },
} as const;

/** `tricloud compare`: one workload on every plan and server, on one screen, in full or as JSON. */
export const compare: Command = async (args) => {
  const { values, positionals } = parseArguments('compare', args, options);
  const file = onlyPositional('compare', positionals, 'a workload file');
  const lang = asLanguage('compare', values.lang ?? 'en');
  const asOf = asDay('compare', values['as-of'] ?? today());
  const { json: isJson = false, all: isAll = false } = values;
  if (isJson && isAll) {
    throw new UsageError('--json and --all exclude each other', {
      hint: 'the JSON has everything that --all prints; --sensitivity adds the changes',
    });
  }
  const change = workloadChange(values);
  const prices = await readPrices(values.prices);
  const workload = await readWorkload(file, { prices, change });
  const comparison = compareWorkload(workload, { asOf, prices });
  const layout = {
    lang,
    paint: paintFor(process.stdout, process.env),
    width: columnsOf(process.stdout, process.env) ?? 120,
    hasBlocks: hasBlocks(process.env, process.platform),
    hasOwnPrices: prices.own.length > 0,
  };
  const hasSensitivity = values.sensitivity === true || isAll;
  const sensitivity = hasSensitivity ? sensitivityOf(workload, prices) : undefined;
  const text = isJson
    ? JSON.stringify({ ...comparison, ...(hasSensitivity ? { sensitivity } : {}) }, null, 2)
    : [
        ...(isAll ? comparisonLines(comparison, layout) : screen(comparison, layout)),
        ...(sensitivity === undefined ? [] : sensitivityLines(sensitivity, layout)),
      ].join('\n');
  process.stdout.write(`${text}\n`);
  return 0;
};
