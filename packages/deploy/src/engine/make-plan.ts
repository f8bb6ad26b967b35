import type { DeploymentPackage } from '@tricloud/build';
import type { DeployContext, Env } from './deploy-context.ts';
import { configurationLimitations } from './configuration.ts';
import type { Driver } from './driver.ts';
import { isSecretName, redactJson, redactor } from './redact.ts';
import type { Run } from './run.ts';
import type { Target } from './target.ts';
import type { DeploymentPlan } from './plan.ts';

/** Describes a deployment; nothing is sent, and no secret is part of it. */
export async function makePlan<S extends Run, T>(
  { id, template }: Pick<Driver<S, T>, 'id' | 'template'>,
  target: Target,
  deploymentPackage: DeploymentPackage,
  { env }: Pick<DeployContext, 'env'>,
): Promise<DeploymentPlan> {
  const contents = await template.describe(target, deploymentPackage, env);
  const { name, stage, region } = target;
  const { files, bytes, sha256 } = deploymentPackage;
  return {
    cloud: id,
    name,
    stage,
    region,
    deploymentPackage: { files, size: bytes.length, sha256 },
    ...contents,
    requests: contents.requests.map(({ call, body }) => ({ call, body: hide(body, target, env) })),
    limitations: [...configurationLimitations(target), ...contents.limitations],
  };
}

/** A body without the values of variables that are secrets, wherever they stand. */
function hide(body: unknown, { environment }: Target, env: Env): unknown {
  const secrets = Object.entries(environment).filter(([name]) => isSecretName(name));
  const values = new Set(secrets.map(([, value]) => value));
  const redact = redactor(env, environment);
  return redactJson(body, (text) => (values.has(text) ? '[redacted]' : redact(text)));
}
