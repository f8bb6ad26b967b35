import type { Status } from '@tricloud/deploy';
import type { Action } from '../command-line/action.ts';
import type { deployments } from '../declarations/deployments.ts';
import { exitCodeOf, forEachCloud } from '../deploy/for-each-cloud.ts';
import { interruptible } from '../deploy/interruptible.ts';
import { printJson, printLines } from '../deploy/output.ts';
import { prepare } from '../deploy/prepare.ts';
import { titleOf } from '../deploy/targets.ts';
import { columnLines } from '../table.ts';

/** `tricloud status`: what is deployed now. */
export const status: Action<typeof deployments.status> = async (request) => {
  const { targets, redact, contextFor } = await prepare(request);
  return interruptible(async (signal) => {
    const outcomes = await forEachCloud(targets, redact, ({ cloud, target }) =>
      cloud.status(target, contextFor({ signal })),
    );
    if (request.values.json) {
      const documents = outcomes.map(({ cloud, result, error }) => ({
        cloud: cloud.id,
        ...(result ?? { error: error.message }),
      }));
      printJson(documents, redact);
    } else {
      const lines = outcomes.flatMap(({ target, result }) =>
        result === undefined ? [] : statusLines(titleOf(target), result),
      );
      printLines(lines, redact);
    }
    return exitCodeOf(outcomes);
  });
};

function statusLines(title: string, found: Status): readonly string[] {
  if (!found.isDeployed && found.state === null) return [`${title}: nothing is deployed`];
  const facts = [
    { name: 'state', value: `${found.state ?? 'unknown'}${found.isBusy ? ', busy' : ''}` },
    { name: 'url', value: found.url },
    { name: 'changed', value: found.changedAt },
    { name: 'deployment package', value: found.packageSha256 },
    { name: 'previous package', value: found.previousPackageSha256 },
    ...found.facts,
  ];
  const known = facts.flatMap(({ name, value }) => (value === null ? [] : [[name, value]]));
  return [title, ...columnLines(['left', 'left'], known).map((line) => `  ${line}`)];
}
