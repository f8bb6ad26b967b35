import type { Status } from '@tricloud/deploy';
import { parseArguments } from '../arguments.ts';
import { aimsOf, cloudsNamed } from '../deploy/aims.ts';
import { forEachCloud } from '../deploy/for-each-cloud.ts';
import { interruptible } from '../deploy/interruptible.ts';
import { printLines, redactFor } from '../deploy/output.ts';
import { targetOptions } from '../deploy/settings-flags.ts';
import { contextOf } from '../deploy/context.ts';
import type { Command } from '../main.ts';
import { pad } from '../table.ts';

const options = { ...targetOptions, json: { type: 'boolean' } } as const;

/** `tricloud status`: what is deployed now. */
export const status: Command = async (args, home) => {
  const { values, positionals } = parseArguments('status', args, options);
  const aims = await aimsOf('status', cloudsNamed('status', positionals), values);
  const redact = redactFor(aims.map(({ target }) => target));
  return interruptible(async (signal) => {
    const outcomes = await forEachCloud(aims, { redact, signal }, ({ cloud, target }) =>
      cloud.status(target, contextOf(cloud.id, home, { signal })),
    );
    const lines =
      values.json === true
        ? [
            JSON.stringify(
              outcomes.map(({ aim, result, error }) => ({
                cloud: aim.cloud.id,
                ...(result ?? { error: error?.message }),
              })),
              null,
              2,
            ),
          ]
        : outcomes.flatMap(({ aim: { cloud, target }, result }) =>
            result === undefined
              ? []
              : statusLines(
                  `${cloud.id}: ${target.name}-${target.stage} in ${target.region}`,
                  result,
                ),
          );
    printLines(lines, redact);
    return outcomes.every(({ result }) => result !== undefined) ? 0 : 1;
  });
};

function statusLines(where: string, found: Status): readonly string[] {
  if (!found.isDeployed && found.state === null) return [`${where}: nothing is deployed`];
  const facts = [
    { name: 'state', value: `${found.state ?? 'unknown'}${found.isBusy ? ', busy' : ''}` },
    { name: 'url', value: found.url },
    { name: 'changed', value: found.changedAt },
    { name: 'deployment package', value: found.archiveSha256 },
    { name: 'previous package', value: found.previousArchiveSha256 },
    ...found.facts,
  ];
  const known = facts.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
  const width = Math.max(...known.map(({ name }) => name.length));
  return [where, ...known.map(({ name, value }) => `  ${pad(name, width, 'left')}  ${value}`)];
}
