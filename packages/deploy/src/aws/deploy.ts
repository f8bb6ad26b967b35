import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { Archive } from '../archive/archive.ts';
import type { Deployment } from '../engine/cloud.ts';
import { CredentialsError, DeployError, InterruptedError } from '../engine/errors.ts';
import { redactor } from '../engine/redact.ts';
import { type Access, accessVariables, endpointOf } from './access.ts';
import { leaveChangeSet } from './change-set.ts';
import { cloudFormation } from './clients.ts';
import { fingerprints, toDeploymentFile } from './deployment-file.ts';
import { eventsAfter, failureIn, newestEventId } from './events.ts';
import { isCredentialsComplaint, told } from './failure.ts';
import { complaintOf, runFramework } from './framework.ts';
import { flagsOf, stackName } from './names.ts';
import { leftBehind } from './resources.ts';
import { configurationOf, inServiceDir } from './service-dir.ts';
import { settled } from './settled.ts';
import { readStack, type Stack } from './stack.ts';
import { type Watch, watching } from './waiting.ts';

/** Steps of the framework, as our plugin tells them, in words. */
const frameworkSteps: Readonly<Record<string, string>> = {
  create: 'create the stack and its bucket',
  upload: 'upload the archive',
  update: 'create or change the resources',
  clean: 'remove archives older than the last five',
};

/** Deploys an archive by the Serverless Framework; where everything is as it should be nothing is sent. */
export async function deploy(access: Access, archive: Archive): Promise<Deployment> {
  const { target, context } = access;
  const { appDir, onStep } = context;
  const look = { name: `look at the stack ${stackName(target)}` };
  onStep({ ...look, state: 'started' });
  const cf = await cloudFormation(access);
  const [deployed, configuration] = await Promise.all([
    readStack(access, cf),
    configurationOf(appDir),
  ]);
  onStep({ ...look, state: 'done', detail: deployed?.status ?? 'there is none yet' });

  const stack = await settled(access, cf, deployed);
  const wanted = fingerprints(target, archive, configuration);
  if (stack !== null && isSame(stack, wanted)) {
    onStep({ name: 'deploy', state: 'skipped', detail: 'nothing to change' });
    return toDeployment(access, stack, false);
  }
  const file = toDeploymentFile(target, { ...wanted, ...previousOf(stack) });
  await inServiceDir(context, file, archive.bytes, (dir) => runDeploy(access, cf, stack, dir));
  const now = await readStack(access, cf);
  if (now === null) throw new DeployError('aws', `the stack ${stackName(target)} is gone again`);
  return toDeployment(access, now, true);
}

/** What a deployment or a rollback came to. */
export function toDeployment({ context }: Access, { url }: Stack, isChanged: boolean): Deployment {
  const endpoint = endpointOf(context.env);
  const noUrlBecause =
    endpoint === null
      ? 'the stack tells no URL'
      : `${endpoint.host} answers in AWS’s place, and nobody calls a function there by its public URL`;
  return { isChanged, id: null, url, noUrlBecause: url === null ? noUrlBecause : null };
}

function isSame({ record, status }: Stack, wanted: ReturnType<typeof fingerprints>): boolean {
  return (
    status.endsWith('_COMPLETE') &&
    record.ArchiveSha256 === wanted.ArchiveSha256 &&
    record.SettingsSha256 === wanted.SettingsSha256
  );
}

/** What a rollback will go back to: what is deployed now. */
function previousOf(stack: Stack | null): Readonly<Record<string, string>> {
  if (stack === null || !stack.hasFunction) return {};
  const { Deployment: folder, ArchiveSha256 } = stack.record;
  return {
    ...(folder === undefined ? {} : { PreviousDeployment: folder }),
    ...(ArchiveSha256 === undefined ? {} : { PreviousArchiveSha256: ArchiveSha256 }),
  };
}

async function runDeploy(
  access: Access,
  cf: CloudFormation,
  before: Stack | null,
  dir: string,
): Promise<void> {
  const { appDir, env, signal, onStep } = access.context;
  const name = stackName(access.target);
  const after =
    before === null
      ? null
      : await told(access, { doing: `read the events of ${name}` }, () => newestEventId(cf, name));
  let step = 'package';
  const begin = (next: string, detail?: string) => {
    if (next !== step) onStep({ name: step, state: 'done' });
    step = next;
    onStep({ name: step, state: 'started', ...(detail === undefined ? {} : { detail }) });
  };
  begin(step);
  const nameOf = (next: string): string =>
    next === 'create' && before !== null
      ? 'look for the stack’s bucket'
      : (frameworkSteps[next] ?? next);
  const current = (): Watch | null =>
    step === frameworkSteps['create'] || step === frameworkSteps['update']
      ? { step, after, of: null }
      : null;
  const watch = watching(access, cf, name, current);
  // With `--verbose` it waits until a failed change has been taken back; `--force`, as it compares with the newest
  // archive in the bucket, which after a rollback is not the one that is deployed.
  const run = await runFramework(appDir, dir, ['deploy', '--verbose', '--force'], {
    signal,
    env: {
      ...defined(env),
      ...accessVariables(env),
      SLS_AWS_MONITORING_FREQUENCY: String(access.pace.pollMs),
    },
    onStep: (next) => begin(nameOf(next)),
  }).finally(() => watch.stop());
  if (run.code === 0) {
    onStep({ name: step, state: 'done' });
    return;
  }
  const flags = flagsOf(access.target);
  const left = await leftBehind(cf, name);
  const cleanUp =
    left.length === 0 ? '' : `; npx tricloud remove aws ${flags} takes away what is there`;
  // Ctrl-C reaches the framework too, and may end it before this process hears of it.
  if (signal.aborted || run.code === null) {
    if (step === frameworkSteps['update']) await leaveChangeSet(access, cf);
    throw new InterruptedError('aws', `interrupted at the step “${step}”`, {
      leftBehind: left,
      hint: `npx tricloud deploy aws ${flags} goes on${cleanUp}`,
    });
  }
  const events = await eventsAfter(cf, name, after).catch(() => []);
  const failure = failureIn(events);
  const reason = failure ?? complaintOf(run);
  const message = redactor(env, access.target.environment)(`could not ${step}: ${reason}`);
  if (failure === null && isCredentialsComplaint(reason)) {
    throw new CredentialsError('aws', message, {
      leftBehind: left,
      hint: `npx tricloud doctor aws ${flags}, and then npx tricloud deploy aws ${flags}`,
    });
  }
  throw new DeployError('aws', message, {
    leftBehind: left,
    hint: `npx tricloud deploy aws ${flags} tries again${cleanUp}`,
  });
}

function defined(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
