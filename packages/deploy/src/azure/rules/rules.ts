import { deployedPlan, functionLimits } from '@tricloud/core/catalog';
import {
  configurationRule,
  fieldRule,
  type Rule,
  secretRule,
  wholeNumber,
} from '../../engine/rules.ts';
import { similarRegions } from '../../engine/similar-regions.ts';
import { readKeyVaultReference } from '../template/key-vault.ts';
import { baseName } from '../template/names.ts';
import { isSovereign, regions, regionsDate, regionsSource, spelledRight } from './regions.ts';
import { variableRules } from './variable-rules.ts';

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
const subscriptionId = 'https://learn.microsoft.com/azure/azure-portal/get-subscription-tenant-id';

const limits = functionLimits(deployedPlan.azure);
const memorySizes = limits.sizes.map((size) => size.memoryMiB);
const sizes = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(memorySizes.map(String));

/** Longest name of an app, less the hyphen and the 13 letters that make it unique. */
const longestBaseName = 60 - 14;

function nameRule(path: 'name' | 'stage'): Rule {
  return fieldRule(path, naming, (value) =>
    /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i.test(value) && !value.includes('--')
      ? null
      : `a ${path} has letters, digits and single hyphens, and begins and ends with a letter or digit`,
  );
}

const lengthRule: Rule = {
  source: naming,
  violations(target) {
    const { length } = baseName(target);
    const path = target.name.length >= target.stage.length ? 'name' : 'stage';
    const rule = `name and stage with a hyphen between them have ${longestBaseName} characters at most, not ${length}: an app’s name has 60, of which 14 make it unique`;
    return length <= longestBaseName ? [] : [{ path, value: target[path], rule }];
  },
};

function regionRequirement(region: string): string | null {
  if (regions.has(region)) return null;
  if (isSovereign(region)) return 'a region of Azure’s public cloud: the others are not supported';
  const right = spelledRight(region);
  return right === null
    ? `one of Azure’s regions as of ${regionsDate}, such as ${similarRegions(region, [...regions])}`
    : `a region is written as Azure writes it: ${right}`;
}

/** Azure's rules of a target. */
export const rules: readonly Rule[] = [
  nameRule('name'),
  nameRule('stage'),
  lengthRule,
  fieldRule('name', reservedNames, (name) => {
    const word = /^login|microsoft|windows|xbox/i.exec(name)?.[0];
    return word === undefined
      ? null
      : `a name that is part of a URL does not contain the reserved word ${word.toLowerCase()}`;
  }),
  fieldRule('region', regionsSource, regionRequirement),
  fieldRule('memoryMiB', flexPlan, (memoryMiB) =>
    memorySizes.includes(memoryMiB) ? null : `an instance has ${sizes} MiB`,
  ),
  wholeNumber('timeoutSeconds', [1, 2_147_483], 'seconds', hostJson),
  wholeNumber('concurrency', [1, limits.concurrency ?? Infinity], 'requests', concurrency),
  wholeNumber('maxInstances', [1, limits.instances ?? Infinity], 'instances', flexPlan),
  configurationRule(flexPlan),
  ...variableRules,
  secretRule(vaultReferences, (reference) =>
    readKeyVaultReference(reference) === null
      ? 'a secret is a reference into a vault: https://VAULT.vault.azure.net/secrets/NAME or @Microsoft.KeyVault(VaultName=VAULT;SecretName=NAME)'
      : null,
  ),
  fieldRule('account', subscriptionId, (account) =>
    account === null || /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(account)
      ? null
      : 'a subscription is given by its id, such as 00000000-0000-0000-0000-000000000000: `az account list -o table` shows it',
  ),
];
