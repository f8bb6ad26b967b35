import { parseArguments } from '../arguments.ts';
import { aimsOf, cloudsNamed } from '../deploy/aims.ts';
import { isConfirmed, needSomebodyToAsk } from '../deploy/confirm.ts';
import { forEachCloud } from '../deploy/for-each-cloud.ts';
import { interruptible } from '../deploy/interruptible.ts';
import { locked } from '../deploy/lock.ts';
import { asCommandError, printLines, redactFor } from '../deploy/output.ts';
import { targetOptions } from '../deploy/settings-flags.ts';
import { contextOf } from '../deploy/context.ts';
import type { Command } from '../main.ts';

const options = { ...targetOptions, yes: { type: 'boolean' } } as const;

/** `tricloud rollback`: deploys the previous deployment package again. */
export const rollback: Command = async (args, home) => {
  const { values, positionals } = parseArguments('rollback', args, options);
  const isYes = values.yes === true;
  const aims = await aimsOf('rollback', cloudsNamed('rollback', positionals), values);
  needSomebodyToAsk('rollback', isYes);
  const redact = redactFor(aims.map(({ target }) => target));
  return interruptible(async (signal) => {
    if (!isYes) {
      const before = await Promise.all(
        aims.map(async ({ cloud, target }) => {
          const status = await cloud.status(target, contextOf(cloud.id, home, { signal }));
          const { archiveSha256, previousArchiveSha256 } = status;
          return `${cloud.id}: deployment package ${archiveSha256 ?? '(unknown)'} -> ${previousArchiveSha256 ?? '(the previous one)'}`;
        }),
      ).catch((error: unknown) => {
        throw asCommandError(error, redact);
      });
      printLines(before, redact);
    }
    if (!isYes && !(await isConfirmed('Go back?'))) {
      printLines(['nothing was changed'], redact);
      return 1;
    }
    const outcomes = await forEachCloud(aims, { redact, signal }, ({ cloud, target }, onStep) =>
      locked(target, home, () =>
        cloud.rollback(target, contextOf(cloud.id, home, { onStep, signal })),
      ),
    );
    printLines(
      outcomes.flatMap(({ aim, result }) =>
        result === undefined
          ? []
          : [`${aim.cloud.id}: back${result.url === null ? '' : `: ${result.url}`}`],
      ),
      redact,
    );
    return outcomes.every(({ result }) => result !== undefined) ? 0 : 1;
  });
};
