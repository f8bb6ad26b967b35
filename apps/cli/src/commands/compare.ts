import { compare as compareWorkload, type Comparison, sensitivityOf } from '@tricloud/core';
import { asLanguage, onlyPositional, parseArguments, seeHelp } from '../arguments.ts';
import { comparisonLines, type Layout } from '../compare/comparison-lines.ts';
import { sensitivityLines } from '../compare/sensitivity-lines.ts';
import { providerNamed } from '../dev/settings.ts';
import { UsageError } from '../errors.ts';
import { isRecord } from '../json-file.ts';
import type { Command } from '../main.ts';
import { paintFor } from '../terminal.ts';
import { readWorkload } from '../workload-file.ts';

const options = {
  json: { type: 'boolean' },
  sensitivity: { type: 'boolean' },
  'no-free-tier': { type: 'boolean' },
  region: { type: 'string', multiple: true },
  lang: { type: 'string' },
} as const;

/** `tricloud compare`: one workload on every plan and server, as a table or as JSON. */
export const compare: Command = async (args) => {
  const { values, positionals } = parseArguments('compare', args, options);
  const file = onlyPositional('compare', positionals, 'a workload file');
  const region = regions(values.region ?? []);
  const lang = asLanguage('compare', values.lang ?? 'en');
  const workload = await readWorkload(file, (input) => {
    if (!isRecord(input)) return input;
    return {
      ...input,
      ...(Object.keys(region).length === 0 ? {} : { region: merged(input['region'], region) }),
      ...(values['no-free-tier'] === true ? { freeTier: false } : {}),
    };
  });

  const comparison = compareWorkload(workload, { asOf: new Date().toISOString().slice(0, 10) });
  const told =
    values.json === true
      ? JSON.stringify(
          values.sensitivity === true ? withSensitivity(comparison) : comparison,
          null,
          2,
        )
      : lines(comparison, {
          lang,
          paint: paintFor(process.stdout, process.env),
          width: process.stdout.columns ?? 120,
        }).join('\n');
  process.stdout.write(`${told}\n`);
  return 0;
};

/** It takes longer than all the rest, so the document has it where it is asked for; the table always has. */
function withSensitivity(comparison: Comparison) {
  return { ...comparison, sensitivity: sensitivityOf(comparison.workload) };
}

function lines(comparison: Comparison, layout: Layout): readonly string[] {
  return [
    ...comparisonLines(comparison, layout),
    ...sensitivityLines(sensitivityOf(comparison.workload), layout),
  ];
}

/** `aws=us-east-1,azure=eastus`, once or more often; whether a region has prices is core's to say. */
function regions(lists: readonly string[]): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const pair of lists.flatMap((list) => list.split(','))) {
    const [name = '', region, ...more] = pair.split('=').map((part) => part.trim());
    if (!region || more.length > 0) {
      throw new UsageError(`--region takes provider=region, not ${JSON.stringify(pair)}`, {
        hint: 'such as --region aws=us-east-1,google=us-central1,azure=eastus',
      });
    }
    const provider = providerNamed('--region', name);
    if (found[provider] !== undefined) {
      throw new UsageError(`--region gives ${provider} two regions`, { hint: seeHelp('compare') });
    }
    found[provider] = region;
  }
  return found;
}

/** A region that is no object stays as it is, to be refused like any other fault of the file. */
function merged(given: unknown, chosen: Readonly<Record<string, string>>): unknown {
  if (given === undefined) return chosen;
  return isRecord(given) ? { ...given, ...chosen } : given;
}
