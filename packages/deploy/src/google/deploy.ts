import type { Archive } from '../archive/archive.ts';
import type { Deployment } from '../cloud.ts';
import { DeployError, DeploymentInProgressError } from '../errors.ts';
import { isApiError } from './api-error.ts';
import { command } from './command.ts';
import { type DeployedFunction, isBusy } from './deployed-function.ts';
import { archiveDifferences, settingsDifferences } from './differences.ts';
import { secretsOf, toFunction } from './function-body.ts';
import { grantName, publicGrant, secretGrants } from './grants.ts';
import { addGrant, takeGrant } from './iam-policy.ts';
import { fromLabels, placeHashOf, type Previous, toLabels } from './labels.ts';
import type { Operation } from './operation.ts';
import { lost } from './retry.ts';
import type { Run } from './run.ts';
import { ensureAccount, onceKnown } from './service-account.ts';
import { upload } from './upload.ts';
import { urlOf } from './url.ts';
import { operationFailed, waitFor } from './wait.ts';

/** Brings a function to what its target asks for; what is so already is left alone. */
export async function deploy(run: Run, archive: Archive): Promise<Deployment> {
  checkArchive(archive);
  const before = await run.step('look at what is deployed', () => settled(run, archive));
  refuseForeign(run, before);
  const isEqual = before !== null && isAsAsked(run, archive, before);

  const isAccountNew = await run.step('have an account for the function to run as', () =>
    ensureAccount(run),
  );
  if (isAccountNew) run.leave(`service account ${run.names.serviceAccount}`);
  const areSecretsChanged = await grantSecrets(run, isAccountNew);

  if (isEqual) run.skip('deploy the function', 'nothing to change');
  const after = isEqual ? before : await send(run, archive, before, isAccountNew);
  await takeSecrets(run, before);

  const isMadePublic = await run.step('let everybody call it', () =>
    addGrant(run, publicGrant(run.names, after)),
  );
  const isChanged = !isEqual || isAccountNew || areSecretsChanged || isMadePublic;
  return { isChanged, ...urlOf(run.endpoints, after) };
}

/** What the buildpack begins with is there. */
function checkArchive({ files }: Archive): void {
  const paths = new Set(files.map(({ path }) => path));
  const absent = ['package.json', 'index.mjs'].filter((path) => !paths.has(path));
  if (absent.length === 0) return;
  const hint = 'npm run build -w @tricloud/google-cloud-functions';
  throw new DeployError('google', `the archive has no ${absent.join(' and no ')}`, { hint });
}

/** The function once nothing of our own making goes on for it; null where there is none. */
async function settled(run: Run, archive: Archive): Promise<DeployedFunction | null> {
  const found = await run.functions.get();
  if (found === null || !isBusy(found)) return found;
  const operation = await run.functions.underWay();
  const isSame =
    operation?.asked !== undefined &&
    operation.asked !== null &&
    isAsAsked(run, archive, operation.asked);
  if (operation === null || !isSame) {
    // It may have ended between the two questions.
    const now = operation === null ? await run.functions.get() : found;
    if (now === null || !isBusy(now)) return now;
    throw new DeploymentInProgressError(
      'google',
      `another ${now.state === 'DELETING' ? 'removal' : 'deployment'} of ${run.names.functionId} is under way`,
      { hint: command('status', run.target) },
    );
  }
  await run.step('wait for the same deployment, begun before', async (going) => {
    run.setGoingOn(stillGoing(run));
    const ended = await waitFor(run, operation, going);
    run.setGoingOn(null);
    if (ended.error !== null) run.skip('take over what was begun before', 'it failed; once more');
  });
  return run.functions.get();
}

/** Whether a function is what is asked for, and works. */
function isAsAsked(run: Run, archive: Archive, found: DeployedFunction): boolean {
  const isWell = found.state === 'ACTIVE' || found.state === 'STATE_UNSPECIFIED';
  return (
    isWell &&
    archiveDifferences(archive.sha256, found).length === 0 &&
    settingsDifferences(run.target, run.names, found).length === 0
  );
}

function refuseForeign({ names }: Run, found: DeployedFunction | null): void {
  if (found === null || fromLabels(found.labels).isOurs) return;
  throw new DeployError(
    'google',
    `${names.function} is there already, and not of tricloud’s making`,
    { hint: 'choose another --name or --stage' },
  );
}

async function grantSecrets(run: Run, isAccountNew: boolean): Promise<boolean> {
  const grants = secretGrants(run.names, secretsOf(run.target, run.names.project));
  let isChanged = false;
  for (const grant of grants) {
    const isAdded = await run.step(`let it read ${grant.resource.replace(/^v1\//, '')}`, () =>
      onceKnown(run, isAccountNew, () => addGrant(run, grant)),
    );
    if (isAdded) run.leave(grantName(grant));
    isChanged ||= isAdded;
  }
  return isChanged;
}

/** Takes back what only the function before needed. */
async function takeSecrets(run: Run, before: DeployedFunction | null): Promise<void> {
  const kept = new Set(
    secretGrants(run.names, secretsOf(run.target, run.names.project)).map(
      ({ resource }) => resource,
    ),
  );
  const gone = secretGrants(run.names, before?.service.secrets ?? []).filter(
    ({ resource }) => !kept.has(resource),
  );
  for (const grant of gone) {
    await run.step(`let it no longer read ${grant.resource.replace(/^v1\//, '')}`, () =>
      takeGrant(run, grant),
    );
  }
}

/** Sends what differs, and waits for it. */
async function send(
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
      await run.pace.wait(1000 * attempt, run.surroundings.signal);
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

function stillGoing({ names }: Run): string {
  return `Google goes on with ${names.functionId}, and the same command takes it up again`;
}
