import type { Estimate, Lang, ProviderId } from '@tricloud/core';
import { words } from './words.ts';

/** Products by the id of a plan, in full and without their provider; the same in every language. */
const plans: Readonly<Record<string, { readonly full: string; readonly short: string }>> = {
  'aws-lambda': { full: 'AWS Lambda', short: 'Lambda' },
  'aws-lambda-provisioned-concurrency': {
    full: 'AWS Lambda, provisioned concurrency',
    short: 'Lambda, provisioned',
  },
  'google-cloud-run': { full: 'Google Cloud Run', short: 'Cloud Run' },
  'google-cloud-run-instance-based': {
    full: 'Google Cloud Run, instance-based',
    short: 'Cloud Run, instance-based',
  },
  'google-cloud-functions-1st-gen': {
    full: 'Google Cloud Functions, 1st gen',
    short: 'Functions, 1st gen',
  },
  'azure-functions-flex': {
    full: 'Azure Functions Flex Consumption',
    short: 'Flex Consumption',
  },
  'azure-functions-flex-always-ready': {
    full: 'Azure Functions Flex, always ready',
    short: 'Flex, always ready',
  },
  'azure-functions-consumption': { full: 'Azure Functions Consumption', short: 'Consumption' },
  'azure-functions-premium-EP1': { full: 'Azure Functions Premium EP1', short: 'Premium EP1' },
  'azure-functions-premium-EP2': { full: 'Azure Functions Premium EP2', short: 'Premium EP2' },
  'azure-functions-premium-EP3': { full: 'Azure Functions Premium EP3', short: 'Premium EP3' },
};

const servers: Readonly<Record<string, string>> = {
  'aws-ec2': 'AWS EC2',
  'google-gce': 'Google Compute Engine',
  'azure-vm': 'Azure VM',
};

/** Short names of the providers. */
export const providerNames: Readonly<Record<ProviderId, string>> = {
  aws: 'AWS',
  google: 'Google',
  azure: 'Azure',
};

const SERVER = /^(aws-ec2|google-gce|azure-vm)-(.*?)(-1y)?$/;

/** Name of a plan, or of a server with its size and commitment. */
export function nameOf(id: string, lang: Lang): string {
  const [, service = '', size = '', term] = SERVER.exec(id) ?? [];
  if (service === '') return plans[id]?.full ?? id;
  return `${servers[service]} ${size}${term === undefined ? '' : ` (${words[lang].oneYear})`}`;
}

/** Name of a plan without its provider. */
export function shortNameOf(plan: string): string {
  return plans[plan]?.short ?? plan;
}

/** Size of a server by itself, such as `t3.small`, with its commitment. */
export function sizeOf(id: string, lang: Lang): string {
  const [, , size = id, term] = SERVER.exec(id) ?? [];
  return term === undefined ? size : `${size} (${words[lang].oneYear})`;
}

/** True for the id of a server. */
export function isServer(id: string): boolean {
  return SERVER.test(id);
}

/** Name of an estimate in a table, marked where it is legacy or what `tricloud deploy` creates. */
export function rowName({ id, isDeployTarget, legacy }: Estimate, lang: Lang): string {
  const say = words[lang];
  return `${nameOf(id, lang)}${legacy === null ? '' : ` (${say.legacy(null)})`}${isDeployTarget ? ' *' : ''}`;
}
