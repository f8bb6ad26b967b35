import { defaultFunctions, defaultRegions } from '@tricloud/core';
import type { Cloud, Surroundings } from '../cloud.ts';
import type { Target } from '../target.ts';
import type { Access } from './access.ts';
import { checks } from './checks.ts';
import { deploy } from './deploy.ts';
import { differences } from './differences.ts';
import { logs } from './logs.ts';
import { defaultPace, type Pace } from './pace.ts';
import { plan } from './plan.ts';
import { removals, remove } from './remove.ts';
import { rollback } from './rollback.ts';
import { brokenRules } from './rules.ts';
import { status } from './status.ts';

/** AWS, asked at another pace where that is wanted. */
export function awsAt(pace: Partial<Pace>): Cloud {
  const accessOf = (target: Target, surroundings: Surroundings): Access => ({
    target,
    surroundings,
    pace: { ...defaultPace, ...pace },
  });
  return {
    id: 'aws',
    // Those of apps/aws-lambda/serverless.yml, which deploys the same alone.
    defaults: {
      region: defaultRegions.aws,
      vcpu: null,
      maxInstances: null,
      ...defaultFunctions.aws,
    },
    brokenRules,
    plan,
    differences: (target, archive, surroundings) =>
      differences(accessOf(target, surroundings), archive),
    deploy: (target, archive, surroundings) => deploy(accessOf(target, surroundings), archive),
    status: (target, surroundings) => status(accessOf(target, surroundings)),
    logs: (target, options, surroundings) => logs(accessOf(target, surroundings), options),
    rollback: (target, surroundings) => rollback(accessOf(target, surroundings)),
    removals: (target, surroundings) => removals(accessOf(target, surroundings)),
    remove: (target, surroundings) => remove(accessOf(target, surroundings)),
    checks: (target, surroundings) => checks(accessOf(target, surroundings)),
  };
}

/** AWS: a Lambda function behind an HTTP API, in one CloudFormation stack. */
export const aws: Cloud = awsAt({});
