import type { Archive } from '../archive/archive.ts';
import type { Deployment } from '../engine/cloud.ts';
import { DeployError } from '../engine/errors.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { secretsOf } from './function-body.ts';
import { grantName, publicGrant, secretGrants } from './grants.ts';
import { addGrant, takeGrant } from './iam-policy.ts';
import { orFalse } from './not-found.ts';
import { fromLabels } from './labels.ts';
import type { Run } from './run.ts';
import { outgrownGrants } from './secrets-once-read.ts';
import { send } from './send.ts';
import { ensureAccount, onceKnown } from './service-account.ts';
import { isAsAsked, settled } from './settled.ts';
import { urlOf } from './url.ts';

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

  const gone = await outgrownGrants(run, before);
  for (const grant of gone) run.leave(grantName(grant));
  if (isEqual) run.skip('deploy the function', 'nothing to change');
  const after = isEqual ? before : await send(run, archive, before, isAccountNew);
  for (const grant of gone) {
    await run.step(`let it no longer read ${grant.resource.replace(/^v1\//, '')}`, () =>
      orFalse(takeGrant(run, grant)),
    );
    run.take(grantName(grant));
  }

  const isMadePublic = await run.step('let everybody call it', () =>
    addGrant(run, publicGrant(run.names, after)),
  );
  const isChanged =
    !isEqual || isAccountNew || areSecretsChanged || gone.length > 0 || isMadePublic;
  return { isChanged, id: null, ...urlOf(run.endpoints, after) };
}

/** What the buildpack begins with is there. */
function checkArchive({ files }: Archive): void {
  const paths = new Set(files.map(({ path }) => path));
  const absent = ['package.json', 'index.mjs'].filter((path) => !paths.has(path));
  if (absent.length === 0) return;
  const hint = 'npm run build -w @tricloud/google-cloud-functions';
  throw new DeployError('google', `the archive has no ${absent.join(' and no ')}`, { hint });
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
