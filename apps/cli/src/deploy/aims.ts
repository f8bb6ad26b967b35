import { type ProviderId, providerIds } from '@tricloud/core/catalog';
import { InvalidInputError } from '@tricloud/core/parts';
import {
  clouds,
  parseSettings,
  type Cloud,
  type DeploySettings,
  type Target,
  toTarget,
} from '@tricloud/deploy';
import { providerNamed } from '../dev/settings.ts';
import { BadInputError, UsageError } from '../errors.ts';
import { readJson } from '../json-file.ts';
import { settingsOfFlags, type TargetValues } from './settings-flags.ts';

/** A cloud and what is meant by a deployment there. */
export interface Aim {
  readonly cloud: Cloud;
  readonly target: Target;
}

/** The file that is read where `--config` names no other. */
const usualFile = 'tricloud.json';

/** The clouds named, each once, in the usual order. */
export function cloudsNamed(command: string, positionals: readonly string[]): readonly Cloud[] {
  const names = positionals.flatMap((list) => list.split(',')).filter((name) => name !== '');
  const ids = names.map((name) => providerNamed(command, name, command));
  if (ids.length > 0) return providerIds.filter((id) => ids.includes(id)).map((id) => clouds[id]);
  throw new UsageError(`${command} needs a cloud, or more: aws, google, azure`, {
    hint: `such as tricloud ${command} aws`,
  });
}

/** What is meant on each cloud: flag, else settings file, else the cloud's default; every value checked. */
export async function aimsOf(
  command: string,
  named: readonly Cloud[],
  values: TargetValues,
): Promise<readonly Aim[]> {
  const ids = named.map(({ id }) => id);
  const flags = await settingsOfFlags(command, values, ids);
  const settings = withFlags(await readSettings(values.config), flags);
  const aims = aimsAt(named, settings);
  const faults = aims.flatMap(({ cloud, target }) =>
    cloud
      .brokenRules(target)
      .map(
        ({ path, value, rule, source }) =>
          `${cloud.id}: ${placeOf(cloud.id, path)}${shownUnlessSecret(path, value)}: ${rule} (${source})`,
      ),
  );
  if (faults.length > 0) {
    throw new BadInputError('', { faults, ...(asks.has(command) ? nothingSent : {}) });
  }
  return aims;
}

const asks: ReadonlySet<string> = new Set(['deploy', 'rollback', 'remove']);
const nothingSent = { hint: 'nothing was sent' };

/** Every cloud with its target; what is missing on any of them is told at once. */
function aimsAt(named: readonly Cloud[], settings: DeploySettings): readonly Aim[] {
  const faults: string[] = [];
  const aims = named.flatMap((cloud) => {
    try {
      return [{ cloud, target: toTarget(settings, cloud) }];
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      faults.push(...error.faults.map(({ path, problem }) => `${cloud.id}: ${path} ${problem}`));
      return [];
    }
  });
  if (faults.length === 0) return aims;
  const hint = 'such as --secret aws:NAME=REFERENCE --secret google:NAME=REFERENCE';
  throw new BadInputError('', { faults, hint });
}

async function readSettings(file: string | undefined): Promise<DeploySettings> {
  const { name, value } = await readJson(file ?? usualFile).catch((error: unknown) => {
    const isMissing = error instanceof BadInputError && error.message.endsWith('does not exist');
    if (file === undefined && isMissing) return { name: usualFile, value: {} };
    throw error;
  });
  try {
    return parseSettings(value);
  } catch (error) {
    throw asFaults(`${name}: `, error);
  }
}

function asFaults(before: string, error: unknown): unknown {
  if (!(error instanceof InvalidInputError)) return error;
  return new BadInputError('', {
    faults: error.faults.map(
      ({ path, problem }) => `${before}${path === '' ? '' : `${path} `}${problem}`,
    ),
    hint: 'tricloud deploy --help shows a settings file',
  });
}

function withFlags(settings: DeploySettings, flags: DeploySettings): DeploySettings {
  const secrets = { ...settings.secrets };
  for (const [name, references] of Object.entries(flags.secrets ?? {})) {
    secrets[name] = { ...secrets[name], ...references };
  }
  return {
    ...settings,
    ...flags,
    environment: { ...settings.environment, ...flags.environment },
    secrets,
    aws: { ...settings.aws, ...flags.aws },
    google: { ...settings.google, ...flags.google },
    azure: { ...settings.azure, ...flags.azure },
  };
}

/** What people call a field of a target. */
function placeOf(cloud: ProviderId, path: string): string {
  if (path !== 'account') return path;
  return cloud === 'google' ? 'project' : 'subscription';
}

function shownUnlessSecret(path: string, value: unknown): string {
  return /^(?:environment|secrets)\b/.test(path) ? '' : ` ${JSON.stringify(value)}`;
}
