import * as v from 'valibot';
import { deploymentIdVariable } from '../../engine/deployment-id.ts';
import { hiddenDifference } from '../../engine/hidden-difference.ts';
import type { Difference } from '../../engine/plan.ts';
import type { Target } from '../../engine/target.ts';
import { toFunction } from '../template/function-body.ts';
import { fromLabels } from '../template/labels.ts';
import type { Names } from '../template/names.ts';
import { type DeployedFunction, DeployedFunctionSchema } from './deployed-function.ts';

/** What a deployment would change of a function: its state, its deployment package and its settings. */
export function functionDifferences(
  target: Target,
  names: Names,
  sha256: string,
  deployed: DeployedFunction,
): readonly Difference[] {
  const isWorking = ['ACTIVE', 'STATE_UNSPECIFIED'].includes(deployed.state);
  const deployedSha256 = fromLabels(deployed.labels).sha256;
  const shown = deployedSha256 ?? 'one that tricloud did not deploy';
  return [
    ...(isWorking ? [] : [{ what: 'state', deployed: deployed.state, planned: 'ACTIVE' }]),
    ...(deployedSha256 === sha256
      ? []
      : [{ what: 'deployment package', deployed: shown, planned: sha256 }]),
    ...settingsDifferences(target, names, deployed),
  ];
}

/** True for a difference that takes a build. */
export function needsBuild({ what }: Difference): boolean {
  return ['state', 'deployment package', 'runtime', 'entry point', 'build account'].includes(what);
}

type Settings = ReadonlyMap<string, string | null>;

function settingsDifferences(
  target: Target,
  names: Names,
  deployed: DeployedFunction,
): readonly Difference[] {
  const body = toFunction(target, names, { deploymentId: '', labels: {}, source: null });
  const planned = v.parse(DeployedFunctionSchema, body);
  const before = settingsOf(withProjectsAs(planned, deployed));
  const after = settingsOf(planned);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((what) => !isSame(what, before, after))
    .map((what) => {
      const [was, is] = [before.get(what), after.get(what)];
      if (what.startsWith('environment.')) return hiddenDifference(what, was, is);
      return { what, deployed: was || null, planned: is ?? null };
    });
}

/** gcloud adds the first to what it deploys; the second changes with every deployment. */
const notSettings: ReadonlySet<string> = new Set(['LOG_EXECUTION_ID', deploymentIdVariable]);

/** Settings by name, in the order in which they are shown. What is null is not set, and left to Google. */
function settingsOf({ buildConfig, serviceConfig: service }: DeployedFunction): Settings {
  const variables = Object.entries(service.environmentVariables)
    .filter(([name]) => !notSettings.has(name))
    .map(([name, value]) => [`environment.${name}`, value] as const);
  const secrets = service.secretEnvironmentVariables.map(
    ({ key, projectId, secret, version }) =>
      [`secrets.${key}`, `projects/${projectId}/secrets/${secret}/versions/${version}`] as const,
  );
  return new Map<string, string | null>([
    ['runtime', buildConfig.runtime],
    ['entry point', buildConfig.entryPoint],
    // Its project may be answered by its number.
    ['build account', buildConfig.serviceAccount.split('/').at(-1) || null],
    ['memory', service.availableMemory],
    ['vCPU', service.availableCpu],
    ['time-out', `${service.timeoutSeconds} s`],
    ['concurrency', String(service.maxInstanceRequestConcurrency)],
    ['max instances', service.maxInstanceCount === null ? null : `${service.maxInstanceCount}`],
    ['ingress', service.ingressSettings],
    ['service account', service.serviceAccountEmail],
    ...variables.toSorted(byName),
    ...secrets.toSorted(byName),
  ]);
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a.localeCompare(b);
}

function isSame(what: string, deployed: Settings, planned: Settings): boolean {
  const [before, after] = [deployed.get(what), planned.get(what)];
  if (after === null || before === after) return true;
  if (typeof before !== 'string' || typeof after !== 'string') return false;
  if (what === 'vCPU') return Number(before) === Number(after);
  return what === 'memory' && bytes(before) === bytes(after);
}

const projectNumber = /^\d+$/;

/**
 * A project has an id and a number, and Google may answer with one where the other was sent. Whether both are the same
 * project cannot be seen here, so that alone is no difference.
 */
function withProjectsAs(planned: DeployedFunction, deployed: DeployedFunction): DeployedFunction {
  const { secretEnvironmentVariables: wanted } = planned.serviceConfig;
  const secrets = deployed.serviceConfig.secretEnvironmentVariables.map((secret) => {
    const projectId = wanted.find(({ key }) => key === secret.key)?.projectId ?? secret.projectId;
    const isSameForm = projectNumber.test(projectId) === projectNumber.test(secret.projectId);
    return isSameForm ? secret : { ...secret, projectId };
  });
  const { serviceConfig } = deployed;
  return { ...deployed, serviceConfig: { ...serviceConfig, secretEnvironmentVariables: secrets } };
}

const units: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
};

/** A quantity of Kubernetes in bytes, so that `1Gi` is `1024Mi`; NaN for none. */
function bytes(quantity: string): number {
  const [, amount = '', unit = ''] = /^([\d.]+)([a-zA-Z]*)$/.exec(quantity) ?? [];
  return amount === '' ? Number.NaN : Number(amount) * (units[unit] ?? Number.NaN);
}
