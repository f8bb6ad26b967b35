import { deployedPlan, functionLimits } from '@tricloud/core/catalog';
import { brokenConfiguration } from '../engine/configuration.ts';
import { similarRegions } from '../engine/similar-regions.ts';
import type { BrokenRule, Target } from '../engine/target.ts';
import { environmentOf } from './function-body.ts';
import { functionIdOf } from './names.ts';
import { regions } from './regions.ts';
import { parseSecretReference, secretForms } from './secret-reference.ts';
import { projectPattern } from './session.ts';

const sources = {
  functions: 'https://cloud.google.com/functions/docs/reference/rpc/google.cloud.functions.v2',
  services:
    'https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services/create',
  locations: 'https://cloud.google.com/functions/docs/locations',
  memory: 'https://cloud.google.com/functions/docs/configuring/memory',
  cpu: 'https://docs.cloud.google.com/run/docs/configuring/services/cpu',
  timeout: 'https://cloud.google.com/functions/docs/configuring/timeout',
  concurrency: 'https://cloud.google.com/functions/docs/configuring/concurrency',
  instances: 'https://cloud.google.com/functions/docs/configuring/max-instances',
  variables: 'https://cloud.google.com/functions/docs/configuring/env-var',
  reserved: 'https://cloud.google.com/run/docs/container-contract#env-vars',
  secrets: 'https://cloud.google.com/functions/docs/configuring/secrets',
  projects: 'https://cloud.google.com/resource-manager/docs/creating-managing-projects',
} as const;

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
const timeoutSeconds = (limits.timeoutMs ?? Infinity) / 1000;
const mostAtOnce = limits.concurrency ?? Infinity;
const mostBytes = 32 * 1024;

/** Every rule of Google's that the target breaks. */
export function brokenRules(target: Target): readonly BrokenRule[] {
  return [
    ...nameRules(target),
    ...(regions.has(target.region)
      ? []
      : [
          broken(
            'region',
            target.region,
            `a region of Cloud Run functions, such as ${similarRegions(target.region, [...regions])}`,
            'locations',
          ),
        ]),
    ...whole('memoryMiB', target.memoryMiB, min, max, 'MiB of memory', 'memory'),
    ...whole('timeoutSeconds', target.timeoutSeconds, 1, timeoutSeconds, 'seconds', 'timeout'),
    ...whole('concurrency', target.concurrency, 1, mostAtOnce, 'requests at once', 'concurrency'),
    ...brokenConfiguration(target, sources.cpu),
    ...(target.maxInstances === null
      ? []
      : whole('maxInstances', target.maxInstances, 1, 2 ** 31 - 1, 'instances', 'instances')),
    ...Object.keys(target.environment).flatMap((name) =>
      variableRules(target, 'environment', name),
    ),
    ...Object.keys(target.secrets).flatMap((name) => variableRules(target, 'secrets', name)),
    ...secretRules(target),
    ...sizeRules(target),
    ...(target.account === null || projectPattern.test(target.account)
      ? []
      : [
          broken(
            'account',
            target.account,
            'a project id: 6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last',
            'projects',
          ),
        ]),
  ];
}

// A function's id has 4 to 63 characters; the Cloud Run service that it becomes has fewer than 50.
function nameRules(target: Target): readonly BrokenRule[] {
  const { name, stage } = target;
  const part = 'lower-case letters, digits and hyphens';
  const faults = [
    ...(/^[a-z][a-z0-9-]*$/.test(name)
      ? []
      : [broken('name', name, `${part}, a letter first`, 'services')]),
    ...(/^(?:[a-z0-9-]*[a-z0-9])$/.test(stage)
      ? []
      : [broken('stage', stage, `${part}, no hyphen last`, 'services')]),
  ];
  if (faults.length > 0) return faults;
  const id = functionIdOf(target);
  if (id.length < 4) {
    return [broken('name', id, 'at least 4 characters, the stage included', 'functions')];
  }
  if (id.length > 49) {
    return [broken('name', id, 'fewer than 50 characters, the stage included', 'services')];
  }
  return [];
}

function variableRules(
  { environment }: Target,
  field: 'environment' | 'secrets',
  name: string,
): readonly BrokenRule[] {
  const path = `${field}.${name}`;
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    const rule = 'a name of letters, digits and underscores, no digit first';
    return [broken(path, name, rule, 'variables')];
  }
  if (reserved.has(name) || name.startsWith('X_GOOGLE_')) {
    return [broken(path, name, 'a name that Google does not set itself', 'reserved')];
  }
  if (field === 'secrets' && Object.hasOwn(environment, name)) {
    return [broken(path, name, 'a name that no other variable has', 'secrets')];
  }
  return [];
}

/** What stands in a reference's place may be the secret itself: it is not told. */
function secretRules({ secrets }: Target): readonly BrokenRule[] {
  return Object.entries(secrets)
    .filter(([, reference]) => parseSecretReference(reference) === null)
    .map(([name]) => broken(`secrets.${name}`, '(not shown)', secretForms, 'secrets'));
}

function sizeRules(target: Target): readonly BrokenRule[] {
  const pairs = Object.entries(environmentOf(target));
  const size = pairs.reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
  const rule = `at most ${mostBytes} bytes of variables, names and values together`;
  return size <= mostBytes ? [] : [broken('environment', `${size} bytes`, rule, 'variables')];
}

function whole(
  path: string,
  value: number,
  least: number,
  most: number,
  unit: string,
  source: keyof typeof sources,
): readonly BrokenRule[] {
  if (Number.isInteger(value) && value >= least && value <= most) return [];
  return [broken(path, value, `a whole number of ${unit} from ${least} to ${most}`, source)];
}

function broken(
  path: string,
  value: unknown,
  rule: string,
  source: keyof typeof sources,
): BrokenRule {
  return { path, value, rule, source: sources[source] };
}
