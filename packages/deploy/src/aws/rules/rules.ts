import { deployedPlan, functionLimits } from '@tricloud/core/catalog';
import { configurationRule, fieldRule, type Rule, wholeNumber } from '../../engine/rules.ts';
import { similarRegions } from '../../engine/similar-regions.ts';
import { roleName, stackName } from '../template/names.ts';
import { regions } from '../template/regions.ts';
import { variableRules } from './variable-rules.ts';

const { memoryMiB, timeoutMs } = functionLimits(deployedPlan.aws);
const stackNames =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html';
const functions = 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html';
const roles = 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html';
const mostInteger = 2_147_483_647;

export const rules: readonly Rule[] = [
  fieldRule('name', stackNames, (name) =>
    /^[a-zA-Z][a-zA-Z0-9-]+$/.test(name)
      ? null
      : 'at least two letters, digits and hyphens, a letter first, as in a stack’s name',
  ),
  fieldRule('stage', stackNames, (stage) =>
    /^[a-zA-Z0-9-]+$/.test(stage) ? null : 'letters, digits and hyphens, as in a stack’s name',
  ),
  fieldRule(
    'region',
    'https://docs.aws.amazon.com/general/latest/gr/lambda-service.html',
    (region) =>
      regions.includes(region) ? null : `an AWS region, such as ${similarRegions(region, regions)}`,
  ),
  fieldRule('name', functions, (_name, target) =>
    stackName(target).length <= 64
      ? null
      : 'at most 64 characters with the stage: the function is called name-stage',
  ),
  fieldRule('name', roles, (_name, target) =>
    stackName(target).length > 64 || roleName(target).length <= 64
      ? null
      : 'shorter: the role is called name-stage-region-lambdaRole, of at most 64 characters',
  ),
  wholeNumber('memoryMiB', [memoryMiB.min, memoryMiB.max], 'MiB', functions),
  wholeNumber('timeoutSeconds', [1, (timeoutMs ?? Infinity) / 1000], 'seconds', functions),
  wholeNumber(
    'concurrency',
    [1, Infinity],
    'requests',
    'https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html',
  ),
  wholeNumber(
    'maxInstances',
    [1, mostInteger],
    'instances, reserved from the account’s concurrency,',
    'https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html#lambda-PutFunctionConcurrency-request-ReservedConcurrentExecutions',
  ),
  fieldRule(
    'throttle',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html',
    (throttle) =>
      throttle === null ||
      [throttle.rate, throttle.burst].every((value) => Number.isInteger(value) && value >= 1)
        ? null
        : 'a rate and a burst, each a whole number of requests from 1',
  ),
  configurationRule(functions),
  ...variableRules,
];
