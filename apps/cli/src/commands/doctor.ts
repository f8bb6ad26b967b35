import { providerIds } from '@tricloud/core';
import type { Check } from '@tricloud/deploy';
import { parseArguments } from '../arguments.ts';
import { aimsOf, cloudsNamed } from '../deploy/aims.ts';
import { interruptible } from '../deploy/interruptible.ts';
import { machineChecks } from '../deploy/machine-checks.ts';
import { printLines, redactFor } from '../deploy/output.ts';
import { targetOptions } from '../deploy/settings-flags.ts';
import { contextOf } from '../deploy/context.ts';
import type { Command } from '../main.ts';
import { type Paint, paintFor } from '../terminal.ts';

const options = { ...targetOptions, json: { type: 'boolean' } } as const;

/** `tricloud doctor`: what is needed to run and to deploy, a line each, with the command that mends it. */
export const doctor: Command = async (args, home) => {
  const { values, positionals } = parseArguments('doctor', args, options);
  const named = cloudsNamed('doctor', positionals.length === 0 ? providerIds : positionals);
  const aims = await aimsOf('doctor', named, values);
  const redact = redactFor(aims.map(({ target }) => target));
  const paint = paintFor(process.stdout, process.env);
  const all: (Check & { readonly about: string })[] = [];
  const tell = (about: string, check: Check) => {
    all.push({ about, ...check });
    if (values.json !== true) printLines(checkLines(about, check, paint), redact);
  };
  return interruptible(async (signal) => {
    for await (const check of machineChecks(home)) tell('here', check);
    for (const { cloud, target } of aims) {
      const context = contextOf(cloud.id, home, { signal });
      try {
        for await (const check of cloud.doctor(target, context)) tell(cloud.id, check);
      } catch (error) {
        const found = error instanceof Error ? error.message : String(error);
        tell(cloud.id, { name: 'the rest', state: 'unknown', found, mend: null });
      }
    }
    if (values.json === true) printLines([JSON.stringify(all, null, 2)], redact);
    return all.some(({ state }) => state === 'bad') ? 1 : 0;
  });
};

const marks = {
  good: ['ok  ', 'green'],
  warning: ['warn', 'yellow'],
  bad: ['bad ', 'red'],
  unknown: ['?   ', 'dim'],
} as const;

function checkLines(
  about: string,
  { name, state, found, mend }: Check,
  paint: Paint,
): readonly string[] {
  const [mark, style] = marks[state];
  const mended = mend === null ? '' : `  ->  ${mend}`;
  return [`${paint(style, mark)}  ${about.padEnd(6)}  ${name}: ${found}${mended}`];
}
