import { defaultFunctions, defaultRegions } from '@tricloud/core/catalog';
import type { Cloud, DeployContext } from '../engine/cloud.ts';
import type { Target } from '../engine/target.ts';
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
  const accessOf = (target: Target, context: DeployContext): Access => ({
    target,
    context,
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
    differences: (target, archive, context) => differences(accessOf(target, context), archive),
    deploy: (target, archive, context) => deploy(accessOf(target, context), archive),
    status: (target, context) => status(accessOf(target, context)),
    logs: (target, options, context) => logs(accessOf(target, context), options),
    rollback: (target, context) => rollback(accessOf(target, context)),
    removals: (target, context) => removals(accessOf(target, context)),
    remove: (target, context) => remove(accessOf(target, context)),
    findRegion: () => Promise.resolve(null),
    signRequest: (_target, request) => Promise.resolve(request),
    doctor: (target, context) => checks(accessOf(target, context)),
  };
}

/** AWS: a Lambda function behind an HTTP API, in one CloudFormation stack. */
export const aws: Cloud = awsAt({});
