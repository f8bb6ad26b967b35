import type { Difference } from '../engine/plan.ts';
import { isSecretName, redactor } from '../engine/redact.ts';
import type { Target } from '../engine/target.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { entryPoint, environmentOf, runtimeId, secretsOf, toFunction } from './function-body.ts';
import { fromLabels } from './labels.ts';
import type { Names } from './names.ts';

type Pairs = Readonly<Record<string, string>>;

/** What differs between a function and what a target asks for, the archive apart. */
export function settingsDifferences(
  target: Target,
  names: Names,
  deployed: DeployedFunction,
): readonly Difference[] {
  const { serviceConfig: asked } = toFunction(target, names, { labels: {}, source: null });
  const { service } = deployed;
  const secrets = secretsOf(target, names.project);
  return [
    ...differs('runtime', deployed.runtime, runtimeId),
    ...differs('entry point', deployed.entryPoint, entryPoint),
    ...differs('memory', bytes(service.memory), bytes(asked.availableMemory), {
      deployed: service.memory,
      planned: asked.availableMemory,
    }),
    ...differs('vCPU', number(service.cpu), number(asked.availableCpu)),
    ...differs('time-out', text(service.timeoutSeconds, ' s'), `${target.timeoutSeconds} s`),
    ...differs(
      'concurrency',
      text(service.concurrency),
      String(asked.maxInstanceRequestConcurrency),
    ),
    ...(target.maxInstances === null
      ? []
      : differs('max instances', text(service.maxInstances), String(target.maxInstances))),
    ...differs('ingress', service.ingress, asked.ingressSettings),
    ...differs('service account', service.serviceAccount, names.serviceAccount),
    ...variables('environment', withoutGooglesOwn(service.environment), environmentOf(target)),
    ...variables('secrets', byKey(toldAlike(service.secrets, secrets)), byKey(secrets)),
  ];
}

/** What differs between the deployed archive and this one. */
export function archiveDifferences(
  archiveSha256: string,
  deployed: DeployedFunction,
): readonly Difference[] {
  const { archiveSha256: now } = fromLabels(deployed.labels);
  const told = now ?? 'one that tricloud did not deploy';
  return differs('archive', told, archiveSha256);
}

function differs(
  what: string,
  deployed: string | null,
  planned: string,
  shown: { readonly deployed: string | null; readonly planned: string } = { deployed, planned },
): readonly Difference[] {
  return deployed === planned ? [] : [{ what, ...shown }];
}

function variables(what: string, deployed: Pairs, planned: Pairs): readonly Difference[] {
  const isReference = what === 'secrets';
  const redact = isReference ? redactor() : redactor({}, deployed, planned);
  const shown = (name: string, value: string | undefined) => {
    if (value === undefined) return null;
    return !isReference && isSecretName(name) ? '[redacted]' : redact(value);
  };
  return [...new Set([...Object.keys(deployed), ...Object.keys(planned)])]
    .sort()
    .filter((name) => deployed[name] !== planned[name])
    .map((name) => ({
      what: `${what}.${name}`,
      deployed: shown(name, deployed[name]),
      planned: shown(name, planned[name]),
    }));
}

const projectNumber = /^\d+$/;

type Secrets = DeployedFunction['service']['secrets'];

/**
 * A project has an id and a number, and Google may tell the one where the other was asked for. Whether both are the
 * same project cannot be seen here, so that alone is no difference.
 */
function toldAlike(deployed: Secrets, planned: Secrets): Secrets {
  return deployed.map((secret) => {
    const asked = planned.find(({ key }) => key === secret.key)?.projectId ?? secret.projectId;
    const isToldAlike = projectNumber.test(asked) === projectNumber.test(secret.projectId);
    return isToldAlike ? secret : { ...secret, projectId: asked };
  });
}

function byKey(secrets: Secrets): Pairs {
  return Object.fromEntries(
    secrets.map(({ key, projectId, secret, version }) => [
      key,
      `projects/${projectId}/secrets/${secret}/versions/${version}`,
    ]),
  );
}

/** gcloud adds this one to what it deploys; it is nobody's setting. */
function withoutGooglesOwn(environment: Pairs): Pairs {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => name !== 'LOG_EXECUTION_ID'),
  );
}

function text(value: number | null, unit = ''): string | null {
  return value === null ? null : `${value}${unit}`;
}

function number(value: string | null): string {
  return value === null ? '' : String(Number(value));
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

/** A quantity of Kubernetes in bytes, so that `1Gi` is `1024Mi`. */
function bytes(quantity: string | null): string {
  const [, amount = '', unit = ''] = /^([\d.]+)([a-zA-Z]*)$/.exec(quantity ?? '') ?? [];
  const size = Number(amount) * (units[unit] ?? Number.NaN);
  return Number.isNaN(size) || amount === '' ? (quantity ?? '') : String(size);
}
