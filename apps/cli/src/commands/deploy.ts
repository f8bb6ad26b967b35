import type { DeploymentPackage } from '@tricloud/build';
import { type Deployment, type OnStep, realTiming } from '@tricloud/deploy';
import type { Action } from '../command-line/action.ts';
import type { ParsedBy } from '../command-line/parse.ts';
import type { deployments } from '../declarations/deployments.ts';
import { isConfirmed, requireTerminal } from '../deploy/confirm.ts';
import { type Deployed, deployedDocument, deployedLines, type Smoke } from '../deploy/deployed.ts';
import { differenceLines } from '../deploy/difference-lines.ts';
import { forEachCloud } from '../deploy/for-each-cloud.ts';
import { interruptible } from '../deploy/interruptible.ts';
import { locked } from '../deploy/lock.ts';
import { asCommandError, printJson, printLines } from '../deploy/output.ts';
import { packageApp } from '../deploy/package-app.ts';
import { type Prepared, prepare } from '../deploy/prepare.ts';
import { smokeTest } from '../deploy/smoke-test.ts';
import { type CloudTarget, titleOf } from '../deploy/targets.ts';
import { functionFile } from '../dev/function-file.ts';
import { bytes } from '../numbers.ts';
import { withoutControls } from '../terminal.ts';

type DeployValues = ParsedBy<typeof deployments.deploy>['values'];

/** `tricloud deploy`: deploys what `tricloud plan` shows, and calls the function through its URL. */
export const deploy: Action<typeof deployments.deploy> = async (request, home) => {
  const { values } = request;
  const prepared = await prepare(request);
  const { targets, redact, contextFor } = prepared;
  if (!values.yes) requireTerminal(request, redact);
  const replacement =
    values.function === undefined ? undefined : await functionFile(values.function);
  const packaged = await Promise.all(
    targets.map(async (each) => ({
      ...each,
      ...(await packageApp(each.cloud.id, replacement, home)),
    })),
  );
  for (const each of new Set(packaged.flatMap(({ dynamicImports }) => dynamicImports))) {
    process.stderr.write(`tricloud: ${withoutControls(each)}\n`);
  }

  return interruptible(async (signal) => {
    if (!values.yes) {
      printLines(await changeLines(packaged, prepared, signal), redact);
      if (!(await isConfirmed('Deploy?'))) {
        printLines(['nothing was changed'], redact);
        return 1;
      }
    }
    const outcomes = await forEachCloud(
      packaged,
      redact,
      async (each, onStep): Promise<Deployed> => {
        const { cloud, target, deploymentPackage } = each;
        const context = contextFor({ onStep, signal });
        const deployment = await locked(target, home, () =>
          cloud.deploy(target, deploymentPackage, context),
        );
        const sign = (asked: Request) => cloud.signRequest(target, asked, context);
        const smoke = await smokeOf(each, deployment, { values, onStep, signal, sign });
        return { deployment, smoke, rollback: context.nextCommand('rollback', target) };
      },
    );
    if (values.json) printJson(outcomes.map(deployedDocument), redact);
    else printLines(outcomes.flatMap(deployedLines), redact);
    const hasPassed = outcomes.every(
      ({ result }) => result !== undefined && result.smoke.failures.length === 0,
    );
    return hasPassed ? 0 : 1;
  });
};

/** The changes that a person confirms, as far as they are known. */
async function changeLines(
  targets: readonly (CloudTarget & { readonly deploymentPackage: DeploymentPackage })[],
  { contextFor, redact }: Prepared,
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    const lines = await Promise.all(
      targets.map(async ({ cloud, target, deploymentPackage }) => {
        const context = contextFor({ signal });
        const size = bytes(deploymentPackage.bytes.length);
        const differences = await cloud.differences(target, deploymentPackage, context);
        // Missing credentials are reported before the question, not after the answer.
        if (differences === null) await cloud.status(target, context);
        return [
          `${titleOf(target)}, deployment package ${size}`,
          ...differenceLines(differences ?? []).map((line) => `  ${line}`),
        ];
      }),
    );
    return lines.flat();
  } catch (error) {
    throw asCommandError(error, redact);
  }
}

interface SmokeContext {
  readonly values: DeployValues;
  readonly onStep: OnStep;
  readonly signal: AbortSignal;
  readonly sign: (request: Request) => Promise<Request>;
}

async function smokeOf(
  { cloud, target }: CloudTarget,
  { id, url, noUrlBecause }: Deployment,
  { values, onStep, signal, sign }: SmokeContext,
): Promise<Smoke> {
  const name = 'call the function through its URL';
  const skip = (skippedBecause: string): Smoke => {
    onStep({ name, state: 'skipped' });
    return { skippedBecause, passed: 0, failures: [] };
  };
  if (!values.smokeTest) return skip('--no-smoke-test');
  if (url === null) return skip(noUrlBecause ?? 'there is no URL');
  onStep({ name, state: 'started', detail: url });
  const runsCases = values.function === undefined && target.auth === 'none';
  const options = { runsCases, id, sign, env: process.env, signal, timing: realTiming };
  const { passed, failures } = await smokeTest(cloud.id, url, options);
  onStep({ name, state: 'done', detail: `${passed} passed, ${failures.length} failed` });
  return { skippedBecause: null, passed, failures };
}
