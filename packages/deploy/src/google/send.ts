import type { Archive } from '../archive/archive.ts';
import { isApiError } from './api-error.ts';
import { command } from './command.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { archiveDifferences, settingsDifferences } from './differences.ts';
import { toFunction } from './function-body.ts';
import { fromLabels, placeHashOf, type Previous, toLabels } from './labels.ts';
import type { Operation } from './operation.ts';
import { lost } from './retry.ts';
import type { Run } from './run.ts';
import { onceKnown } from './service-account.ts';
import { isAsAsked, stillGoing } from './settled.ts';
import { upload } from './upload.ts';
import { operationFailed, waitFor } from './wait.ts';

/** Sends what differs, and waits for it. */
export async function send(
  run: Run,
  archive: Archive,
  before: DeployedFunction | null,
  isAccountNew: boolean,
): Promise<DeployedFunction | null> {
  const { functions, names, target } = run;
  const changesSource =
    before === null ||
    before.state !== 'ACTIVE' ||
    archiveDifferences(archive.sha256, before).length > 0 ||
    settingsDifferences(target, names, before).some(({ what }) => builds.has(what));
  const source = changesSource
    ? await run.step('upload the archive', () => upload(run, archive))
    : null;
  const labels = toLabels(before?.labels ?? {}, {
    archiveSha256: archive.sha256,
    previous: previousOf(archive, before),
  });
  const body = toFunction(target, names, { labels, source });
  const name = before === null ? 'create the function' : 'update the function';
  await run.step(name, async (going) => {
    run.setGoingOn(stillGoing(run));
    const started = await orTakenUp(run, archive, () =>
      onceKnown(run, isAccountNew, () =>
        before === null ? functions.create(body) : functions.update(body, { changesSource }),
      ),
    );
    if (before === null) run.leave(`function ${names.function}`);
    const ended = await waitFor(run, started, going);
    run.setGoingOn(null);
    if (ended.error !== null) throw await failed(run, ended, before);
  });
  return functions.get();
}

/** What is built into the image, and so takes a build. */
const builds: ReadonlySet<string> = new Set(['runtime', 'entry point']);

/** A call that was lost may have been carried out: then what it began is waited for. */
async function orTakenUp(
  run: Run,
  archive: Archive,
  begin: () => Promise<Operation>,
): Promise<Operation> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await begin();
    } catch (error) {
      if (!isApiError(error, ...lost)) throw error;
      const found = await run.functions.underWay();
      if (found?.asked && isAsAsked(run, archive, found.asked)) return found;
      if (attempt >= 3) throw error;
      await run.pace.wait(1000 * attempt, run.context.signal);
    }
  }
}

/** The archive that a rollback brings back: the one that works now, unless it is this very one. */
function previousOf(archive: Archive, before: DeployedFunction | null): Previous | null {
  if (before === null) return null;
  const { archiveSha256, previous } = fromLabels(before.labels);
  const isAnother = archiveSha256 !== null && archiveSha256 !== archive.sha256;
  if (before.state !== 'ACTIVE' || before.source === null || !isAnother) return previous;
  const { generation } = before.source;
  return { archiveSha256, generation, placeHash: placeHashOf(before.source) };
}

async function failed(
  run: Run,
  ended: Operation,
  before: DeployedFunction | null,
): Promise<unknown> {
  const now = await run.functions.get().catch(() => null);
  if (before !== null) {
    const note = 'What was deployed before still answers.';
    return operationFailed(run, ended, { leftBehind: [], note });
  }
  return operationFailed(run, ended, {
    leftBehind: [
      ...(now === null ? [] : [`function ${run.names.function} (${now.state})`]),
      `service account ${run.names.serviceAccount}`,
    ],
    hint: command('remove', run.target),
  });
}
