import type { DeploymentPackage } from '@tricloud/build';
import type { Deployment } from '@tricloud/deploy';
import type { Outcome } from './for-each-cloud.ts';
import type { SmokeTest } from './smoke-test.ts';
import type { CloudTarget } from './targets.ts';

/** The smoke test of a deployment. */
export interface Smoke extends SmokeTest {
  /** Null where it was run. */
  readonly skippedBecause: string | null;
}

/** A deployment and its smoke test. */
export interface Deployed {
  readonly deployment: Deployment;
  readonly smoke: Smoke;
  /** The command that restores what was deployed before. */
  readonly rollback: string;
}

type DeployOutcome = Outcome<
  CloudTarget & { readonly deploymentPackage: DeploymentPackage },
  Deployed
>;

/** A result as `--json` prints it. */
export function deployedDocument({ cloud, deploymentPackage, result, error }: DeployOutcome) {
  return {
    cloud: cloud.id,
    url: result?.deployment.url ?? null,
    isChanged: result?.deployment.isChanged ?? null,
    deploymentPackage: deploymentPackage.sha256,
    smokeTest: result === undefined ? null : smokeDocument(result.smoke),
    error: error?.message ?? null,
  };
}

function smokeDocument({ skippedBecause, passed, failures }: Smoke) {
  return skippedBecause === null
    ? { isAsked: true, passed, failures }
    : { isAsked: false, why: skippedBecause };
}

/** A result for a person; failures are on stderr already. */
export function deployedLines({ cloud: { id }, result }: DeployOutcome): readonly string[] {
  if (result === undefined) return [];
  const { deployment, smoke, rollback } = result;
  const what = deployment.isChanged ? 'deployed' : 'nothing to change';
  const { skippedBecause, passed, failures } = smoke;
  return [
    `${id}: ${what}${deployment.url === null ? '' : `: ${deployment.url}`}`,
    skippedBecause === null
      ? `${id}: smoke test: ${passed} passed, ${failures.length} failed`
      : `${id}: smoke test skipped: ${skippedBecause}`,
    ...failures.map((failure) => `  ${failure}`),
    ...(failures.length === 0
      ? []
      : [`hint: ${rollback}  # restores the previous deployment package`]),
  ];
}
