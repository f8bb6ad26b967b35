import { type ProviderId, providerIds } from '@tricloud/core/catalog';
import { noPositionals, parseArguments, seeHelp } from '../arguments.ts';
import { UsageError } from '../errors.ts';
import { nearest } from '../nearest.ts';

/** What `tricloud dev` was asked to do, every value checked. */
export interface DevSettings {
  readonly providers: readonly ProviderId[];
  readonly ports: Readonly<Record<'console' | ProviderId, number>>;
  readonly functionFile?: string;
  readonly compareFile?: string;
  readonly awsInstances?: number;
  /** Path or major version of the Node that runs the function. */
  readonly node?: string;
  readonly inspect?: ProviderId;
  /** The files named by `--env` or `--env-file`; none means `.env` where there is one. */
  readonly envFiles: readonly string[];
  readonly watch: boolean;
  readonly json: boolean;
}

const options = {
  only: { type: 'string', multiple: true },
  function: { type: 'string' },
  compare: { type: 'string' },
  'port-console': { type: 'string' },
  'port-aws': { type: 'string' },
  'port-google': { type: 'string' },
  'port-azure': { type: 'string' },
  'aws-instances': { type: 'string' },
  node: { type: 'string' },
  inspect: { type: 'string' },
  env: { type: 'string', multiple: true },
  // Node 20 takes this one for its own wherever it stands, and ends with 9 when the file is missing.
  'env-file': { type: 'string', multiple: true },
  'no-watch': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** Flag, else environment variable, else default. */
export function devSettings(args: readonly string[], env: NodeJS.ProcessEnv): DevSettings {
  const { values, positionals } = parseArguments('dev', args, options);
  noPositionals('dev', positionals);
  const providers = values.only === undefined ? providerIds : only(values.only);
  const ports = {
    console: port('console', values['port-console'], env, 4000),
    aws: port('aws', values['port-aws'], env, 4001),
    google: port('google', values['port-google'], env, 4002),
    azure: port('azure', values['port-azure'], env, 4003),
  };
  refuseSharedPorts(['console', ...providers], ports);
  const inspect =
    values.inspect === undefined ? undefined : providerNamed('--inspect', values.inspect);
  if (inspect !== undefined && !providers.includes(inspect)) {
    throw new UsageError(`--inspect ${inspect}, but --only leaves ${inspect} out`);
  }
  const instances = values['aws-instances'];
  return {
    providers,
    ports,
    envFiles: [...(values.env ?? []), ...(values['env-file'] ?? [])],
    watch: values['no-watch'] !== true,
    json: values.json === true,
    ...(values.function === undefined ? {} : { functionFile: values.function }),
    ...(values.compare === undefined ? {} : { compareFile: values.compare }),
    ...(values.node === undefined ? {} : { node: values.node }),
    ...(inspect === undefined ? {} : { inspect }),
    ...(instances === undefined
      ? {}
      : { awsInstances: whole('--aws-instances', instances, 1, 1000) }),
  };
}

/** A port number by flag, else by environment variable, else the default. */
function port(
  name: 'console' | ProviderId,
  flag: string | undefined,
  env: NodeJS.ProcessEnv,
  fallback: number,
): number {
  const variable = `TRICLOUD_PORT_${name.toUpperCase()}`;
  const set = env[variable];
  if (flag !== undefined) return toPort(`--port-${name}`, flag);
  // An empty variable is one that was unset in the way that some tools only can.
  return set === undefined || set === '' ? fallback : toPort(variable, set);
}

/** A port number that a flag or a variable of this name gives. */
export function toPort(name: string, text: string): number {
  return whole(name, text, 0, 65_535, 'a port number');
}

function whole(name: string, text: string, least: number, most: number, what = 'a whole number') {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(
    `${name} must be ${what} from ${least} to ${most}, not ${JSON.stringify(text)}`,
  );
}

function only(lists: readonly string[]): readonly ProviderId[] {
  const named = lists
    .flatMap((list) => list.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => providerNamed('--only', name));
  if (named.length > 0) return providerIds.filter((id) => named.includes(id));
  throw new UsageError('--only names no provider', { hint: 'such as --only aws,azure' });
}

/** What people call the providers elsewhere. */
const byOtherNames: ReadonlyMap<string, ProviderId> = new Map([
  ['amazon', 'aws'],
  ['gcp', 'google'],
  ['microsoft', 'azure'],
]);

/** The provider of this name. */
export function providerNamed(flag: string, name: string, command = 'dev'): ProviderId {
  const known = providerIds.find((id) => id === name);
  if (known !== undefined) return known;
  const meant = byOtherNames.get(name) ?? nearest(name, providerIds);
  throw new UsageError(`${flag} takes aws, google or azure, not ${JSON.stringify(name)}`, {
    hint: meant === undefined ? seeHelp(command) : `did you mean ${meant}?`,
  });
}

function refuseSharedPorts(
  names: readonly ('console' | ProviderId)[],
  ports: DevSettings['ports'],
): void {
  for (const [i, name] of names.entries()) {
    const other = names.slice(0, i).find((id) => ports[id] !== 0 && ports[id] === ports[name]);
    if (other === undefined) continue;
    throw new UsageError(`--port-${other} and --port-${name} are both ${ports[name]}`, {
      hint: 'each needs a port of its own; 0 takes a free one',
    });
  }
}
