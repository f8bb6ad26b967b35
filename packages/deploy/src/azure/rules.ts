import { deployedPlan, functionLimits } from '@tricloud/core/catalog';
import { brokenConfiguration } from '../engine/configuration.ts';
import { similarRegions } from '../engine/similar-regions.ts';
import type { BrokenRule, Target } from '../engine/target.ts';
import { readKeyVaultReference } from './key-vault.ts';
import { baseName } from './names.ts';
import { isRegion, regions, regionsDate, regionsSource, spelledRight } from './regions.ts';
import { brokenVariableRules } from './variable-rules.ts';

const naming =
  'https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules';
const reservedNames =
  'https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-reserved-resource-name';
const flexPlan = 'https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan';
const concurrency = 'https://learn.microsoft.com/azure/azure-functions/functions-concurrency';
const hostJson =
  'https://learn.microsoft.com/azure/azure-functions/functions-host-json#functiontimeout';
const vaultReferences =
  'https://learn.microsoft.com/azure/app-service/app-service-key-vault-references';

const limits = functionLimits(deployedPlan.azure);
const memorySizes = limits.sizes.map((size) => size.memoryMiB);
const mostAtOnce = limits.concurrency ?? Infinity;

/** The longest name of an app, less the hyphen and the 13 letters that make it unique. */
const longestBaseName = 60 - 14;

/** Every rule of Azure that a target breaks. */
export function brokenRules(target: Target): readonly BrokenRule[] {
  return [
    ...brokenNames(target),
    ...brokenRegion(target),
    ...brokenNumbers(target),
    ...brokenConfiguration(target, flexPlan),
    ...brokenVariableRules(target),
    ...brokenSecrets(target),
    ...brokenAccount(target),
  ];
}

function brokenNames(target: Target): readonly BrokenRule[] {
  const { name, stage } = target;
  const parts = (['name', 'stage'] as const).flatMap((path) => {
    const value = target[path];
    return /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i.test(value) && !value.includes('--')
      ? []
      : [
          {
            path,
            value,
            rule: `a ${path} has letters, digits and single hyphens, and begins and ends with a letter or digit`,
            source: naming,
          },
        ];
  });
  const whole = baseName(target);
  const tooLong = whole.length > longestBaseName;
  const reserved = /^login|microsoft|windows|xbox/i.exec(name)?.[0];
  return [
    ...parts,
    ...(tooLong
      ? [
          {
            path: name.length >= stage.length ? 'name' : 'stage',
            value: name.length >= stage.length ? name : stage,
            rule: `name and stage with a hyphen between them have ${longestBaseName} characters at most, not ${whole.length}: an app’s name has 60, of which 14 make it unique`,
            source: naming,
          },
        ]
      : []),
    ...(reserved === undefined
      ? []
      : [
          {
            path: 'name',
            value: name,
            rule: `a name that is reached over the internet does not have the reserved word ${reserved.toLowerCase()} in it`,
            source: reservedNames,
          },
        ]),
  ];
}

function brokenRegion({ region }: Target): readonly BrokenRule[] {
  if (isRegion(region)) return [];
  const right = spelledRight(region);
  const rule =
    right === null
      ? `one of Azure’s regions as of ${regionsDate}, such as ${similarRegions(region, [...regions])}`
      : `a region is written as Azure writes it: ${right}`;
  return [{ path: 'region', value: region, rule, source: regionsSource }];
}

function brokenNumbers(target: Target): readonly BrokenRule[] {
  const { memoryMiB, timeoutSeconds, maxInstances } = target;
  return [
    ...(memorySizes.includes(memoryMiB)
      ? []
      : broken(
          'memoryMiB',
          memoryMiB,
          `an instance has ${new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(memorySizes.map(String))} MiB`,
          flexPlan,
        )),
    ...(isWhole(timeoutSeconds, 1, 2_147_483)
      ? []
      : broken(
          'timeoutSeconds',
          timeoutSeconds,
          'a time-out is whole seconds from 1 on',
          hostJson,
        )),
    ...(isWhole(target.concurrency, 1, mostAtOnce)
      ? []
      : broken(
          'concurrency',
          target.concurrency,
          `an instance takes 1 to ${mostAtOnce} requests at once`,
          concurrency,
        )),
    ...(maxInstances === null || isWhole(maxInstances, 1, limits.instances ?? 1)
      ? []
      : broken(
          'maxInstances',
          maxInstances,
          `an app has 1 to ${limits.instances} instances at most`,
          flexPlan,
        )),
  ];
}

function broken(path: string, value: unknown, rule: string, source: string): readonly BrokenRule[] {
  return [{ path, value, rule, source }];
}

function brokenSecrets({ secrets }: Target): readonly BrokenRule[] {
  return Object.entries(secrets).flatMap(([name, reference]) =>
    readKeyVaultReference(reference) === null
      ? [
          {
            path: `secrets.${name}`,
            // Whoever puts the secret itself here does not see it again.
            value: '(not shown)',
            rule: 'a secret is a reference into a vault: https://VAULT.vault.azure.net/secrets/NAME or @Microsoft.KeyVault(VaultName=VAULT;SecretName=NAME)',
            source: vaultReferences,
          },
        ]
      : [],
  );
}

function brokenAccount({ account }: Target): readonly BrokenRule[] {
  if (account === null || /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(account)) return [];
  return [
    {
      path: 'account',
      value: account,
      rule: 'a subscription is named by its id, such as 00000000-0000-0000-0000-000000000000: `az account list -o table` tells it',
      source: 'https://learn.microsoft.com/azure/azure-portal/get-subscription-tenant-id',
    },
  ];
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
