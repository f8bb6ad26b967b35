import type { ProviderId } from '@tricloud/core/catalog';
import { InvalidInputError } from '@tricloud/core/parts';
import {
  type BrokenRule,
  loadCloud,
  parseSettings,
  type Cloud,
  type DeploySettings,
  type Target,
  toTarget,
} from '@tricloud/deploy';
import { BadInputError } from '../errors.ts';
import { readJson } from '../json-file.ts';
import { type RequestValues, withOptions } from './settings.ts';

/** A cloud and the target on it. */
export interface CloudTarget {
  readonly cloud: Cloud;
  readonly target: Target;
  /** Where the region is configured, such as `AWS_REGION`; null where an option or the config file gives it, or nothing. */
  readonly regionSource: string | null;
}

/** Title of a target in output: `aws: shop-dev in us-east-1`. */
export function titleOf({ cloud, name, stage, region }: Target): string {
  return `${cloud}: ${name}-${stage} in ${region}`;
}

/** The file that is read where `--config` names no other. */
const defaultFile = 'tricloud.json';

/**
 * The target on each cloud: option, else config file, else the default.
 *
 * @throws {BadInputError} with every rule of a provider that is broken.
 */
export async function resolveTargets(
  ids: readonly ProviderId[],
  values: RequestValues,
  faultHint?: string,
): Promise<readonly CloudTarget[]> {
  const settings = await withOptions(await readSettings(values.config), values, ids);
  const targets = await targetsOn(ids, settings);
  const faults = targets.flatMap(({ cloud, target }) =>
    cloud.brokenRules(target).map((broken) => faultLine(cloud.id, broken)),
  );
  if (faults.length > 0) throw new BadInputError('', { faults, hint: faultHint });
  return targets;
}

/** Faults on several clouds are reported together. */
async function targetsOn(
  ids: readonly ProviderId[],
  settings: DeploySettings,
): Promise<readonly CloudTarget[]> {
  const resolved = await Promise.allSettled(
    ids.map(async (id) => targetOn(await loadCloud(id), settings)),
  );
  const faults = resolved.flatMap((each, i) => {
    if (each.status === 'fulfilled') return [];
    if (!(each.reason instanceof InvalidInputError)) throw each.reason;
    return each.reason.faults.map(({ path, problem }) => `${ids[i]}: ${path} ${problem}`);
  });
  if (faults.length === 0) {
    return resolved.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  }
  const hint = 'such as --secret aws:NAME=REFERENCE --secret google:NAME=REFERENCE';
  throw new BadInputError('', { faults, hint });
}

/** The region of an option or the config file, else that of the provider's own tools, else the default. */
async function targetOn(cloud: Cloud, settings: DeploySettings): Promise<CloudTarget> {
  const { id } = cloud;
  const isGiven = settings[id]?.region !== undefined;
  const found = isGiven ? null : await cloud.findRegion(process.env);
  if (found === null) return { cloud, target: toTarget(settings, cloud), regionSource: null };
  const { region, source } = found;
  const target = toTarget({ ...settings, [id]: { ...settings[id], region } }, cloud);
  return { cloud, target, regionSource: source };
}

async function readSettings(file: string | undefined): Promise<DeploySettings> {
  const { name, value } = await readJson(file ?? defaultFile).catch((error: unknown) => {
    const isMissing = error instanceof BadInputError && error.message.endsWith('does not exist');
    if (file === undefined && isMissing) return { name: defaultFile, value: {} };
    throw error;
  });
  try {
    return parseSettings(value);
  } catch (error) {
    throw error instanceof InvalidInputError
      ? BadInputError.of(name, error, 'tricloud deploy --help shows a config file')
      : error;
  }
}

function faultLine(cloud: ProviderId, { path, value, rule, source }: BrokenRule): string {
  const account = cloud === 'google' ? 'project' : 'subscription';
  const field = path === 'account' ? account : path;
  // A variable or a reference may hold a secret.
  const shown = /^(?:environment|secrets)\b/.test(path) ? '' : ` ${JSON.stringify(value)}`;
  return `${cloud}: ${field}${shown}: ${rule} (${source})`;
}
