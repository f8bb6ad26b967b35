import type { DeploymentPackage } from '@tricloud/build';
import type { Deployment, Redact } from '@tricloud/deploy';
import { parseArguments } from '../arguments.ts';
import { type Aim, aimsOf, cloudsNamed } from '../deploy/aims.ts';
import { isConfirmed, needSomebodyToAsk } from '../deploy/confirm.ts';
import { differenceLines } from '../deploy/difference-lines.ts';
import { forEachCloud, type Outcome } from '../deploy/for-each-cloud.ts';
import { interruptible } from '../deploy/interruptible.ts';
import { locked } from '../deploy/lock.ts';
import { asCommandError, printLines, redactFor } from '../deploy/output.ts';
import { packageApp } from '../deploy/package-app.ts';
import { targetOptions } from '../deploy/settings-flags.ts';
import { smokeTest } from '../deploy/smoke-test.ts';
import { contextOf } from '../deploy/context.ts';
import { functionFile } from '../dev/function-file.ts';
import type { Command, Home } from '../main.ts';
import { bytes } from '../numbers.ts';
import { withoutControls } from '../terminal.ts';

const options = {
  ...targetOptions,
  function: { type: 'string' },
  'no-smoke-test': { type: 'boolean' },
  yes: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** `tricloud deploy`: makes the clouds have what `tricloud plan` shows, and asks the function through its URL. */
export const deploy: Command = async (args, home) => {
  const { values, positionals } = parseArguments('deploy', args, options);
  const isYes = values.yes === true;
  const aims = await aimsOf('deploy', cloudsNamed('deploy', positionals), values);
  needSomebodyToAsk('deploy', isYes);
  const redact = redactFor(aims.map(({ target }) => target));
  const replacement =
    values.function === undefined ? undefined : await functionFile(values.function);
  const toDo = await Promise.all(
    aims.map(async (aim) => ({
      ...aim,
      ...(await packageApp(aim.cloud.id, replacement, home)),
    })),
  );
  for (const each of new Set(toDo.flatMap(({ dynamicImports }) => dynamicImports))) {
    process.stderr.write(`tricloud: ${withoutControls(each)}\n`);
  }

  return interruptible(async (signal) => {
    if (!isYes) {
      const lines = await aboutToChange(toDo, home, signal).catch((error: unknown) => {
        throw asCommandError(error, redact);
      });
      printLines(lines, redact);
    }
    if (!isYes && !(await isConfirmed('Deploy?'))) {
      printLines(['nothing was changed'], redact);
      return 1;
    }
    const outcomes = await forEachCloud(toDo, { redact, signal }, async (aim, onStep) => {
      const context = contextOf(aim.cloud.id, home, { onStep, signal });
      const deployment = await locked(aim.target, home, () =>
        aim.cloud.deploy(aim.target, aim.deploymentPackage, context),
      );
      return { deployment, smoke: await smokeOf(aim, deployment, values, onStep, signal) };
    });
    return tell(outcomes, redact, values.json === true);
  });
};

interface ToDeploy extends Aim {
  readonly deploymentPackage: DeploymentPackage;
}

type Smoke =
  | { readonly isAsked: false; readonly why: string }
  | { readonly isAsked: true; readonly passed: number; readonly failures: readonly string[] };

interface Deployed {
  readonly deployment: Deployment;
  readonly smoke: Smoke;
}

/** What a person is asked about: what differs, as far as the cloud lets it be known. */
async function aboutToChange(
  aims: readonly ToDeploy[],
  home: Home,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const lines = await Promise.all(
    aims.map(async ({ cloud, target, deploymentPackage }) => {
      const context = contextOf(cloud.id, home, { signal });
      const title = `${cloud.id}: ${target.name}-${target.stage} in ${target.region}, deployment package ${bytes(deploymentPackage.bytes.length)}`;
      const differences = await cloud.differences(target, deploymentPackage, context);
      // Whoever has no credentials is told so before the question, not after the answer.
      if (differences === null) await cloud.status(target, context);
      return [title, ...differenceLines(differences ?? []).map((line) => `  ${line}`)];
    }),
  );
  return lines.flat();
}

async function smokeOf(
  { cloud }: ToDeploy,
  { url, noUrlBecause }: Deployment,
  values: { readonly 'no-smoke-test'?: boolean; readonly function?: string },
  onStep: Parameters<typeof contextOf>[2]['onStep'] & {},
  signal: AbortSignal,
): Promise<Smoke> {
  const name = 'ask the function through its URL';
  const skip = (why: string): Smoke => {
    onStep({ name, state: 'skipped' });
    return { isAsked: false, why };
  };
  if (values['no-smoke-test'] === true) return skip('--no-smoke-test');
  if (url === null) return skip(noUrlBecause ?? 'there is no URL');
  onStep({ name, state: 'started', detail: url });
  const isOurs = values.function === undefined;
  const { passed, failures } = await smokeTest(cloud.id, url, { isOurs, signal });
  onStep({ name, state: 'done', detail: `${passed} passed, ${failures.length} failed` });
  return { isAsked: true, passed, failures };
}

function tell(
  outcomes: readonly Outcome<ToDeploy, Deployed>[],
  redact: Redact,
  isJson: boolean,
): number {
  const told = outcomes.map((outcome) => ({ ...outcome, lines: linesOf(outcome) }));
  if (isJson) {
    const documents = told.map(({ aim, result, error }) => ({
      cloud: aim.cloud.id,
      url: result?.deployment.url ?? null,
      isChanged: result?.deployment.isChanged ?? null,
      archive: aim.deploymentPackage.sha256,
      smokeTest: result?.smoke ?? null,
      error: error?.message ?? null,
    }));
    printLines([JSON.stringify(documents, null, 2)], redact);
  } else {
    printLines(
      told.flatMap(({ lines }) => lines),
      redact,
    );
  }
  const isGood = outcomes.every(
    ({ result }) =>
      result !== undefined && (!result.smoke.isAsked || result.smoke.failures.length === 0),
  );
  return isGood ? 0 : 1;
}

function linesOf({ aim, result }: Outcome<ToDeploy, Deployed>): readonly string[] {
  if (result === undefined) return [];
  const { id } = aim.cloud;
  const { deployment, smoke } = result;
  const what = deployment.isChanged ? 'deployed' : 'nothing to change';
  const failures = smoke.isAsked ? smoke.failures : [];
  return [
    `${id}: ${what}${deployment.url === null ? '' : `: ${deployment.url}`}`,
    ...(smoke.isAsked
      ? [`${id}: smoke test: ${smoke.passed} passed, ${failures.length} failed`]
      : [`${id}: smoke test skipped: ${smoke.why}`]),
    ...failures.map((failure) => `  ${failure}`),
    ...(failures.length === 0
      ? []
      : [`hint: tricloud rollback ${id} brings back what was there before`]),
  ];
}
