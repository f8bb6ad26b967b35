import { relative } from 'node:path';
import {
  configurationOf,
  type Difference,
  type DeploymentPlan,
  type Target,
} from '@tricloud/deploy';
import { bytes } from '../numbers.ts';
import { wrap } from '../table.ts';
import type { Paint } from '../terminal.ts';
import { type Cost, costLines } from './cost-lines.ts';
import { differenceLines } from './difference-lines.ts';

/** All that `tricloud plan` knows of one cloud. */
export interface ToldPlan {
  readonly plan: DeploymentPlan;
  readonly target: Target;
  /** What the deployment package may lack. */
  readonly missing: readonly string[];
  /** Folder with the source maps of the deployment package. */
  readonly sourceMaps: string;
  /** Null where no workload was given. */
  readonly cost: Cost | null;
  /** Null where what is deployed is not known, and then why. */
  readonly differences: readonly Difference[] | null;
  readonly unknownBecause: string;
}

/** A plan for a person. */
export function planLines(
  told: ToldPlan,
  layout: { readonly paint: Paint; readonly width: number; readonly withRequests: boolean },
): readonly string[] {
  const { plan, target } = told;
  const { paint, width } = layout;
  const title = `${plan.cloud}: ${plan.name}-${plan.stage} in ${plan.region}`;
  const inWidth = (text: string) => wrap(text, width - 6, '  ').map((line) => `    ${line}`);
  return [
    paint('bold', title),
    ...settingLines(target),
    '',
    `  deployment package: ${bytes(plan.archive.size)}`,
    `    sha256 ${plan.archive.sha256}`,
    ...plan.archive.files.map(({ path, size }) => `    ${path}  ${bytes(size)}`),
    `    source maps, not uploaded: ${near(told.sourceMaps)}`,
    ...told.missing.flatMap((each) => inWidth(paint('yellow', each))),
    '',
    '  resources',
    ...plan.resources.flatMap(({ type, name, purpose }) =>
      inWidth(`${type}  ${paint('bold', name)}  ${purpose}`),
    ),
    '',
    '  permissions',
    ...plan.permissions.flatMap(({ who, actions, on }) =>
      inWidth(`${who}: ${actions.length === 0 ? 'nothing' : actions.join(', ')} on ${on}`),
    ),
    ...(plan.limitations.length === 0 ? [] : ['', paint('yellow', '  limitations')]),
    ...plan.limitations.flatMap(inWidth),
    '',
    ...costLines(told.cost, target).map((line) => `  ${line}`),
    '',
    ...knownDifferences(told).map((line) => `  ${line}`),
    '',
    ...requestLines(plan, layout.withRequests),
    ...plan.placeholders.flatMap(({ name, meaning }) =>
      wrap(`${name}: ${meaning}`, width - 4, '  ').map((line) => `  ${paint('dim', line)}`),
    ),
    '',
  ];
}

function settingLines(target: Target): readonly string[] {
  const { timeoutSeconds, maxInstances, environment, secrets } = target;
  const { memoryMiB, vcpu, architecture, concurrency } = configurationOf(target);
  const instance = `${memoryMiB} MiB, ${vcpu.toFixed(3).replace(/\.?0+$/, '')} vCPU, ${architecture}`;
  const most = maxInstances === null ? '' : `, ${maxInstances} instances at most`;
  const requests = concurrency === 1 ? '1 request' : `${concurrency} requests`;
  return [
    `  ${instance}, ${timeoutSeconds} s, ${requests} at once in an instance${most}`,
    ...namesLine('environment', environment),
    ...namesLine('secrets by reference', secrets),
  ];
}

function namesLine(what: string, all: object): readonly string[] {
  const names = Object.keys(all);
  return names.length === 0 ? [] : [`  ${what}: ${names.join(', ')}`];
}

function knownDifferences({ differences, unknownBecause }: ToldPlan): readonly string[] {
  if (differences === null) return [`what is deployed is not known: ${unknownBecause}`];
  return differenceLines(differences);
}

/** A path as it is typed here, where it is not far. */
function near(path: string): string {
  const from = relative(process.cwd(), path);
  return from.startsWith('..') ? path : from;
}

function requestLines({ requests }: DeploymentPlan, withRequests: boolean): readonly string[] {
  const title = withRequests ? '  API requests' : '  API requests (--requests: complete)';
  return [
    title,
    ...requests.flatMap(({ call, body }) => [
      `    ${call}`,
      ...(withRequests && body !== undefined && body !== null ? bodyLines(body) : []),
    ]),
  ];
}

function bodyLines(body: unknown): readonly string[] {
  const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2);
  return text.split('\n').map((line) => `      ${line}`);
}
