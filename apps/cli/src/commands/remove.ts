import { parseArguments } from '../arguments.ts';
import { aimsOf, cloudsNamed } from '../deploy/aims.ts';
import { isConfirmed, needSomebodyToAsk } from '../deploy/confirm.ts';
import { forEachCloud } from '../deploy/for-each-cloud.ts';
import { interruptible } from '../deploy/interruptible.ts';
import { locked } from '../deploy/lock.ts';
import { printLines, redactFor } from '../deploy/output.ts';
import { targetOptions } from '../deploy/settings-flags.ts';
import { contextOf } from '../deploy/context.ts';
import type { Command } from '../main.ts';

const options = { ...targetOptions, yes: { type: 'boolean' } } as const;

/** `tricloud remove`: names everything that it would remove, asks, and removes it. */
export const remove: Command = async (args, home) => {
  const { values, positionals } = parseArguments('remove', args, options);
  const isYes = values.yes === true;
  const aims = await aimsOf('remove', cloudsNamed('remove', positionals), values);
  needSomebodyToAsk('remove', isYes);
  const redact = redactFor(aims.map(({ target }) => target));
  return interruptible(async (signal) => {
    const found = await forEachCloud(aims, { redact, signal }, ({ cloud, target }) =>
      cloud.removals(target, contextOf(cloud.id, home, { signal })),
    );
    const there = found.flatMap(({ aim, result }) =>
      result === undefined || result.length === 0 ? [] : [aim],
    );
    printLines(
      found.flatMap(({ aim: { cloud, target }, result }) => {
        if (result === undefined) return [];
        const where = `${cloud.id}: ${target.name}-${target.stage} in ${target.region}`;
        return result.length === 0
          ? [`${where}: nothing is there`]
          : [`${where}: to be removed`, ...result.map((name) => `  ${name}`)];
      }),
      redact,
    );
    const isKnown = found.every(({ result }) => result !== undefined);
    if (there.length === 0) return isKnown ? 0 : 1;
    if (!isYes && !(await isConfirmed('Remove all of it?'))) {
      printLines(['nothing was removed'], redact);
      return 1;
    }
    const outcomes = await forEachCloud(there, { redact, signal }, ({ cloud, target }, onStep) =>
      locked(target, home, async () => {
        await cloud.remove(target, contextOf(cloud.id, home, { onStep, signal }));
        return true;
      }),
    );
    printLines(
      outcomes.flatMap(({ aim, result }) =>
        result === undefined ? [] : [`${aim.cloud.id}: removed`],
      ),
      redact,
    );
    return isKnown && outcomes.every(({ result }) => result !== undefined) ? 0 : 1;
  });
};
