import { compare as compareWorkload, sensitivityOf } from '@tricloud/core';
import type { Action } from '../command-line/action.ts';
import { comparisonLines } from '../compare/comparison-lines.ts';
import { hasBlocks } from '../compare/layout.ts';
import { screen } from '../compare/screen.ts';
import { sensitivityLines } from '../compare/sensitivity-lines.ts';
import { workloadChange } from '../compare/workload-change.ts';
import type { compare as declaration } from '../declarations/costs.ts';
import { UsageError } from '../errors.ts';
import { columnsOf, paintFor } from '../terminal.ts';
import { readPrices, readWorkload } from '../workload-file.ts';

/** `tricloud compare`: one workload on every plan and server, on one screen, in full or as JSON. */
export const compare: Action<typeof declaration> = async ({ operands: file, values }) => {
  const { all, asOf, json, lang } = values;
  if (json && all) {
    throw new UsageError('--json and --all exclude each other', {
      hint: 'the JSON has everything that --all prints; --sensitivity adds the changes',
    });
  }
  const change = workloadChange(values);
  const prices = await readPrices(values.prices);
  const workload = await readWorkload(file, { prices, change });
  const comparison = compareWorkload(workload, { asOf, prices });
  const sensitivity = values.sensitivity || all ? sensitivityOf(workload, prices) : undefined;
  if (json) {
    process.stdout.write(`${JSON.stringify({ ...comparison, sensitivity }, null, 2)}\n`);
    return 0;
  }
  const layout = {
    lang,
    paint: paintFor(process.stdout, process.env),
    width: columnsOf(process.stdout, process.env) ?? 120,
    hasBlocks: hasBlocks(process.env, process.platform),
    hasOwnPrices: prices.own.length > 0,
  };
  const lines = all ? comparisonLines(comparison, layout) : screen(comparison, layout);
  const changes = sensitivity === undefined ? [] : sensitivityLines(sensitivity, layout);
  process.stdout.write(`${[...lines, ...changes].join('\n')}\n`);
  return 0;
};
