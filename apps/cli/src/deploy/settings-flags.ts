import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { type ProviderId, providerIds } from '@tricloud/core/catalog';
import type { DeploySettings } from '@tricloud/deploy';
import { seeHelp } from '../arguments.ts';
import { UsageError } from '../errors.ts';
import { asBadInput } from '../json-file.ts';

/** The options that say what is meant by a deployment; every command on deployments takes them. */
export const targetOptions = {
  name: { type: 'string' },
  stage: { type: 'string' },
  region: { type: 'string', multiple: true },
  memory: { type: 'string' },
  vcpu: { type: 'string' },
  architecture: { type: 'string' },
  timeout: { type: 'string' },
  concurrency: { type: 'string' },
  'max-instances': { type: 'string' },
  set: { type: 'string', multiple: true },
  env: { type: 'string', multiple: true },
  // Node 20 takes this one for its own wherever it stands, and ends with 9 when the file is missing.
  'env-file': { type: 'string', multiple: true },
  secret: { type: 'string', multiple: true },
  project: { type: 'string' },
  subscription: { type: 'string' },
  config: { type: 'string' },
} as const;

/** What `parseArgs` found of them. */
export type TargetValues = {
  readonly [Name in keyof typeof targetOptions]?: (typeof targetOptions)[Name] extends {
    readonly multiple: true;
  }
    ? string[]
    : string;
};

/** The settings that the flags give. */
export async function settingsOfFlags(
  command: string,
  values: TargetValues,
  ids: readonly ProviderId[],
): Promise<DeploySettings> {
  const vcpu = vcpuFlag(values.vcpu);
  const architecture = architectureFlag(values.architecture);
  const [memoryMiB, timeoutSeconds, concurrency, maxInstances] = [
    wholeFlag('--memory', values.memory),
    wholeFlag('--timeout', values.timeout),
    wholeFlag('--concurrency', values.concurrency),
    wholeFlag('--max-instances', values['max-instances']),
  ];
  const size = {
    ...(memoryMiB === undefined ? {} : { memoryMiB }),
    ...(vcpu === undefined ? {} : { vcpu }),
    ...(architecture === undefined ? {} : { architecture }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(maxInstances === undefined ? {} : { maxInstances }),
  };
  const regions = regionsOf(values.region ?? [], ids);
  const environment = await environmentOf(values);
  return {
    ...(values.name === undefined ? {} : { name: filled('--name', values.name) }),
    ...(values.stage === undefined ? {} : { stage: filled('--stage', values.stage) }),
    ...size,
    ...(Object.keys(environment).length === 0 ? {} : { environment }),
    ...secretsOf(command, values.secret ?? [], ids),
    aws: { ...regions.aws, ...size },
    google: {
      ...regions.google,
      ...size,
      ...(values.project === undefined ? {} : { project: filled('--project', values.project) }),
    },
    azure: {
      ...regions.azure,
      ...size,
      ...(values.subscription === undefined
        ? {}
        : { subscription: filled('--subscription', values.subscription) }),
    },
  };
}

function wholeFlag(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`${flag} must be a whole number, not ${JSON.stringify(text)}`);
}

function vcpuFlag(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^(?:\d{1,2}|\d{0,2}\.\d{1,3})$/.test(text) && Number(text) > 0) return Number(text);
  throw new UsageError(`--vcpu must be a number such as 0.5 or 2, not ${JSON.stringify(text)}`);
}

function architectureFlag(text: string | undefined): 'x86_64' | 'arm64' | undefined {
  if (text === undefined || text === 'x86_64' || text === 'arm64') return text;
  throw new UsageError(`--architecture must be x86_64 or arm64, not ${JSON.stringify(text)}`);
}

function filled(flag: string, text: string): string {
  if (text !== '') return text;
  throw new UsageError(`${flag} needs a value`);
}

/** `aws=us-east-1,azure=eastus`, or one region where one cloud is meant. */
function regionsOf(
  lists: readonly string[],
  ids: readonly ProviderId[],
): { readonly [id in ProviderId]?: { readonly region: string } } {
  const found: { [id in ProviderId]?: { region: string } } = {};
  for (const pair of lists.flatMap((list) => list.split(','))) {
    const { id, rest: region } = ofCloud('--region', pair, ids, '=');
    if (found[id] !== undefined) throw new UsageError(`--region gives ${id} two regions`);
    found[id] = { region: filled('--region', region) };
  }
  return found;
}

/** `NAME=REFERENCE` where one cloud is meant, else `aws:NAME=REFERENCE`. */
function secretsOf(
  command: string,
  pairs: readonly string[],
  ids: readonly ProviderId[],
): Pick<DeploySettings, 'secrets'> {
  const secrets: Record<string, { [id in ProviderId]?: string }> = {};
  for (const pair of pairs) {
    const { id, rest } = ofCloud('--secret', pair, ids, ':');
    const at = rest.indexOf('=');
    // What was typed is not told: people paste the secret itself.
    if (at < 1 || at === rest.length - 1) {
      throw new UsageError('--secret takes NAME=REFERENCE, and this is something else', {
        hint: seeHelp(command),
      });
    }
    const name = rest.slice(0, at);
    secrets[name] = { ...secrets[name], [id]: rest.slice(at + 1) };
  }
  return pairs.length === 0 ? {} : { secrets };
}

/** What stands behind the name of a cloud, or the whole where only one cloud can be meant. */
function ofCloud(
  flag: string,
  text: string,
  ids: readonly ProviderId[],
  mark: '=' | ':',
): { readonly id: ProviderId; readonly rest: string } {
  const named = providerIds.find((id) => text.trim().startsWith(`${id}${mark}`));
  if (named !== undefined) return { id: named, rest: text.trim().slice(named.length + 1) };
  const [only, ...others] = ids;
  if (only !== undefined && others.length === 0 && (mark === ':' || !text.includes('='))) {
    return { id: only, rest: text.trim() };
  }
  const example = mark === '=' ? 'aws=us-east-1,google=us-central1' : 'aws:NAME=REFERENCE';
  throw new UsageError(`${flag} says for which cloud, such as ${flag} ${example}`);
}

async function environmentOf(values: TargetValues): Promise<Readonly<Record<string, string>>> {
  const files = [...(values.env ?? []), ...(values['env-file'] ?? [])];
  const texts = await Promise.all(
    files.map((file) =>
      readFile(file, 'utf8').catch((error: unknown) => {
        throw asBadInput(file, error);
      }),
    ),
  );
  const pairs = (values.set ?? []).map((pair) => {
    const at = pair.indexOf('=');
    if (at > 0) return [pair.slice(0, at), pair.slice(at + 1)] as const;
    throw new UsageError(`--set takes NAME=VALUE, and this has no ${at === 0 ? 'name' : '='}`);
  });
  const fromFiles: Record<string, string> = Object.assign(
    {},
    ...texts.map((text) => parseEnv(text)),
  );
  return { ...fromFiles, ...Object.fromEntries(pairs) };
}
