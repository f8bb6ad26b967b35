import { deployedPlan, functionLimits } from '@tricloud/core/catalog';
import { brokenConfiguration } from '../engine/configuration.ts';
import { similarRegions } from '../engine/similar-regions.ts';
import type { BrokenRule, Target } from '../engine/target.ts';
import { roleName, stackName } from './names.ts';
import { regions } from './regions.ts';
import { brokenVariableRules } from './variable-rules.ts';

interface Rule {
  readonly path: keyof Target;
  readonly isBroken: (target: Target) => boolean;
  readonly rule: string | ((target: Target) => string);
  readonly source: string;
}

const { memoryMiB, timeoutMs } = functionLimits(deployedPlan.aws);
const timeoutSeconds = (timeoutMs ?? Infinity) / 1000;
const stackNames =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html';
const functions = 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html';
const isCountWithin = (value: number, min: number, max: number): boolean =>
  Number.isInteger(value) && value >= min && value <= max;

const rules: readonly Rule[] = [
  {
    path: 'name',
    isBroken: ({ name }) => !/^[a-zA-Z][a-zA-Z0-9-]+$/.test(name),
    rule: 'a stack’s name begins with a letter and has letters, digits and hyphens, two characters or more',
    source: stackNames,
  },
  {
    path: 'stage',
    isBroken: ({ stage }) => !/^[a-zA-Z0-9-]+$/.test(stage),
    rule: 'a stage is a part of the stack’s name, which has letters, digits and hyphens',
    source: stackNames,
  },
  {
    path: 'region',
    isBroken: ({ region }) => !regions.includes(region),
    rule: ({ region }) => `one of AWS’s regions, such as ${similarRegions(region, regions)}`,
    source: 'https://docs.aws.amazon.com/general/latest/gr/lambda-service.html',
  },
  {
    path: 'name',
    isBroken: (target) => stackName(target).length > 64,
    rule: 'a function’s name, which is name-stage, has 64 characters at most',
    source: functions,
  },
  {
    path: 'name',
    isBroken: (target) => stackName(target).length <= 64 && roleName(target).length > 64,
    rule: 'a role’s name, which is name-stage-region-lambdaRole, has 64 characters at most',
    source: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html',
  },
  {
    path: 'memoryMiB',
    isBroken: (target) => !isCountWithin(target.memoryMiB, memoryMiB.min, memoryMiB.max),
    rule: `${memoryMiB.min} to ${memoryMiB.max} MiB, in steps of 1`,
    source: functions,
  },
  {
    path: 'timeoutSeconds',
    isBroken: (target) => !isCountWithin(target.timeoutSeconds, 1, timeoutSeconds),
    rule: `1 to ${timeoutSeconds} seconds`,
    source: functions,
  },
  {
    path: 'concurrency',
    isBroken: ({ concurrency }) => !isCountWithin(concurrency, 1, Number.MAX_SAFE_INTEGER),
    rule: 'a whole number from 1',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html',
  },
  {
    path: 'maxInstances',
    isBroken: ({ maxInstances }) =>
      maxInstances !== null && !isCountWithin(maxInstances, 1, 2_147_483_647),
    rule: 'a whole number from 1, which is kept free of the account’s concurrency',
    source:
      'https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html#lambda-PutFunctionConcurrency-request-ReservedConcurrentExecutions',
  },
];

/** Every rule of AWS that a target breaks, with where AWS says so. */
export function brokenRules(target: Target): readonly BrokenRule[] {
  const own = rules
    .filter(({ isBroken }) => isBroken(target))
    .map(({ path, rule, source }) => ({
      path,
      value: target[path],
      rule: typeof rule === 'string' ? rule : rule(target),
      source,
    }));
  return [...own, ...brokenConfiguration(target, functions), ...brokenVariableRules(target)];
}
