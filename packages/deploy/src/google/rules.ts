import { deployedPlan, functionLimits, regionsOf } from '@tricloud/core/catalog';
import {
  configurationRule,
  fieldRule,
  type Rule,
  secretRule,
  variableRule,
  wholeNumber,
} from '../engine/rules.ts';
import { similarRegions } from '../engine/similar-regions.ts';
import { environmentOf } from './template/function-body.ts';
import { functionIdOf, projectPattern } from './template/names.ts';
import { parseSecretReference, secretForms } from './template/secret-reference.ts';

const docs = 'https://cloud.google.com/functions/docs';
const services =
  'https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services/create';
const iam = 'https://cloud.google.com/iam/docs/principal-identifiers';

/** Variables that the platform sets itself. */
const reserved: ReadonlySet<string> = new Set([
  'FUNCTION_SIGNATURE_TYPE',
  'FUNCTION_TARGET',
  'K_CONFIGURATION',
  'K_REVISION',
  'K_SERVICE',
  'PORT',
]);

const limits = functionLimits(deployedPlan.google);
const { min, max } = limits.memoryMiB;
const regions = regionsOf('google');
const mostBytes = 32 * 1024;
const letters = 'lower-case letters, digits and hyphens';
const isName = (name: string) => /^[a-z][a-z0-9-]*$/.test(name);
const isStage = (stage: string) => /^(?:[a-z0-9-]*[a-z0-9])$/.test(stage);
const isMember = (member: string) =>
  /^(?:(?:user|serviceAccount|group|domain):\S+|principal(?:Set)?:\/\/\S+)$/.test(member);

/** What a target must be. */
export const rules: readonly Rule[] = [
  fieldRule('name', services, (name) => (isName(name) ? null : `${letters}, a letter first`)),
  fieldRule('stage', services, (stage) => (isStage(stage) ? null : `${letters}, no hyphen last`)),
  {
    // A function's id has 4 to 63 characters; the Cloud Run service that it becomes has fewer than 50.
    source: services,
    violations: ({ name, stage }) => {
      const id = functionIdOf({ name, stage });
      if (!isName(name) || !isStage(stage) || (id.length >= 4 && id.length <= 49)) return [];
      const rule = `${id.length < 4 ? 'at least 4' : 'fewer than 50'} characters, the stage included`;
      return [{ path: 'name', value: id, rule }];
    },
  },
  fieldRule('region', `${docs}/locations`, (region) =>
    regions.includes(region)
      ? null
      : `a region of Cloud Run functions, such as ${similarRegions(region, regions)}`,
  ),
  wholeNumber('memoryMiB', [min, max], 'MiB of memory', `${docs}/configuring/memory`),
  wholeNumber(
    'timeoutSeconds',
    [1, (limits.timeoutMs ?? Infinity) / 1000],
    'seconds',
    `${docs}/configuring/timeout`,
  ),
  wholeNumber(
    'concurrency',
    [1, limits.concurrency ?? Infinity],
    'requests at once',
    `${docs}/configuring/concurrency`,
  ),
  configurationRule('https://docs.cloud.google.com/run/docs/configuring/services/cpu'),
  wholeNumber('maxInstances', [1, 2 ** 31 - 1], 'instances', `${docs}/configuring/max-instances`),
  variableRule(`${docs}/configuring/env-var`, (name) =>
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
      ? null
      : 'a name of letters, digits and underscores, no digit first',
  ),
  variableRule('https://cloud.google.com/run/docs/container-contract#env-vars', (name) =>
    reserved.has(name) || name.startsWith('X_GOOGLE_')
      ? 'a name that Google does not set itself'
      : null,
  ),
  {
    source: `${docs}/configuring/secrets`,
    violations: ({ environment, secrets }) =>
      Object.keys(secrets)
        .filter((name) => Object.hasOwn(environment, name))
        .map((name) => {
          return {
            path: `secrets.${name}`,
            value: name,
            rule: 'a name that no other variable has',
          };
        }),
  },
  secretRule(`${docs}/configuring/secrets`, (reference) =>
    parseSecretReference(reference) === null ? secretForms : null,
  ),
  {
    source: `${docs}/configuring/env-var`,
    violations: (target) => {
      const pairs = Object.entries(environmentOf(target));
      const size = pairs.reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
      const rule = `at most ${mostBytes} bytes of variables, names and values together`;
      return size <= mostBytes ? [] : [{ path: 'environment', value: `${size} bytes`, rule }];
    },
  },
  fieldRule(
    'account',
    'https://cloud.google.com/resource-manager/docs/creating-managing-projects',
    (project) =>
      project === null || projectPattern.test(project)
        ? null
        : 'a project id: 6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last',
  ),
  fieldRule('invokers', iam, (invokers, { auth }) => {
    if (invokers.length > 0 && auth === 'none') return 'none unless auth is "iam"';
    return invokers.every(isMember)
      ? null
      : 'members such as user:ada@example.com, group:, serviceAccount:, domain: or principal://';
  }),
  fieldRule(
    'buildAccount',
    'https://cloud.google.com/build/docs/securing-builds/configure-user-specified-service-accounts',
    (account) =>
      account === null || /^[^\s@/]+@[^\s@/]+\.gserviceaccount\.com$/.test(account)
        ? null
        : 'the email of a service account, such as builder@my-shop.iam.gserviceaccount.com',
  ),
];
