import type { Check } from '@tricloud/deploy';
import type { Action } from '../command-line/action.ts';
import type { deployments } from '../declarations/deployments.ts';
import { interruptible } from '../deploy/interruptible.ts';
import { machineChecks } from '../deploy/machine-checks.ts';
import { printJson, printLines } from '../deploy/output.ts';
import { prepare } from '../deploy/prepare.ts';
import { type Paint, paintFor } from '../terminal.ts';

/** `tricloud doctor`: checks what is needed to run and to deploy, a line each, with the command that fixes it. */
export const doctor: Action<typeof deployments.doctor> = async (request, home) => {
  const { targets, redact, contextFor } = await prepare(request);
  const paint = paintFor(process.stdout, process.env);
  const all: (Check & { readonly about: string })[] = [];
  const report = (about: string, check: Check) => {
    all.push({ about, ...check });
    if (!request.values.json) printLines([checkLine(about, check, paint)], redact);
  };
  return interruptible(async (signal) => {
    for await (const check of machineChecks(home)) report('here', check);
    for (const { cloud, target } of targets) {
      try {
        const checks = cloud.doctor(target, contextFor({ signal }));
        for await (const check of checks) report(cloud.id, check);
      } catch (error) {
        const found = error instanceof Error ? error.message : String(error);
        report(cloud.id, { name: 'other checks', state: 'unknown', found, mend: null });
      }
    }
    if (request.values.json) printJson(all, redact);
    return all.some(({ state }) => state === 'bad') ? 1 : 0;
  });
};

const marks = {
  good: ['ok  ', 'green'],
  warning: ['warn', 'yellow'],
  bad: ['bad ', 'red'],
  unknown: ['?   ', 'dim'],
} as const;

function checkLine(about: string, { name, state, found, mend }: Check, paint: Paint): string {
  const [mark, style] = marks[state];
  const fix = mend === null ? '' : `  ->  ${mend}`;
  return `${paint(style, mark)}  ${about.padEnd(6)}  ${name}: ${found}${fix}`;
}
