import { parseArguments, seeHelp } from '../arguments.ts';
import { aimsOf, cloudsNamed } from '../deploy/aims.ts';
import { interruptible } from '../deploy/interruptible.ts';
import { asCommandError, printLines, redactFor } from '../deploy/output.ts';
import { targetOptions } from '../deploy/settings-flags.ts';
import { contextOf } from '../deploy/context.ts';
import { UsageError } from '../errors.ts';
import type { Command } from '../main.ts';

const options = {
  ...targetOptions,
  follow: { type: 'boolean' },
  since: { type: 'string' },
} as const;

/** `tricloud logs`: what the function wrote, oldest first. */
export const logs: Command = async (args, home) => {
  const { values, positionals } = parseArguments('logs', args, options);
  const named = cloudsNamed('logs', positionals);
  if (named.length > 1) {
    throw new UsageError('logs takes one cloud', { hint: seeHelp('logs') });
  }
  const [aim] = await aimsOf('logs', named, values);
  if (aim === undefined) return 1;
  const redact = redactFor([aim.target]);
  const sinceMs = Date.now() - durationMs(values.since ?? '10m');
  return interruptible(async (signal) => {
    const { cloud, target } = aim;
    const context = contextOf(cloud.id, home, { signal });
    const follow = values.follow === true;
    let isEmpty = true;
    try {
      for await (const { at, text } of cloud.logs(target, { sinceMs, follow }, context)) {
        isEmpty = false;
        printLines(
          text.split('\n').map((line) => `${at}  ${line}`),
          redact,
        );
      }
      if (isEmpty) process.stderr.write(`no line in the last ${values.since ?? '10m'}\n`);
      return 0;
    } catch (error) {
      if (signal.aborted && follow) return 0;
      throw asCommandError(error, redact);
    }
  });
};

const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function durationMs(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  for (const [name, ms] of Object.entries(unitMs)) {
    if (name === unit) return Number(number) * ms;
  }
  throw new UsageError(`--since takes a number and s, m, h or d, not ${JSON.stringify(text)}`, {
    hint: 'such as --since 2h',
  });
}
