import { relative } from 'node:path';
import type { PackagedApp } from '@tricloud/build';
import { configurationOf, type DeploymentPlan, type Target } from '@tricloud/deploy';
import { bytes } from '../numbers.ts';
import { wrap } from '../table.ts';
import type { Paint } from '../terminal.ts';
import { costLines, type MonthOf } from './cost-lines.ts';
import { differenceLines } from './difference-lines.ts';
import type { KnownDifferences } from './known-differences.ts';
import { titleOf } from './targets.ts';

/** The plan of one cloud, and everything that is printed with it. */
export interface PlanReport extends KnownDifferences {
  readonly plan: DeploymentPlan;
  readonly target: Target;
  readonly regionSource: string | null;
  readonly app: PackagedApp;
  /** Null where no workload was given. */
  readonly cost: MonthOf | null;
}

interface Layout {
  readonly paint: Paint;
  readonly width: number;
  readonly withRequests: boolean;
}

/** A plan for a person. */
export function planLines(report: PlanReport, layout: Layout): readonly string[] {
  const { plan, target, regionSource, cost } = report;
  const { paint, width } = layout;
  const inWidth = (text: string) => wrap(text, width - 6, '  ').map((line) => `    ${line}`);
  return [
    paint('bold', titleOf(target)),
    ...(regionSource === null ? [] : [`  region from ${regionSource}`]),
    ...settingLines(target),
    ...(plan.access === '' ? [] : wrap(plan.access, width - 4, '  ').map((line) => `  ${line}`)),
    '',
    ...packageLines(report, (text) => inWidth(paint('yellow', text))),
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
    ...costLines(cost, target).map((line) => `  ${line}`),
    '',
    ...knownDifferences(report).map((line) => `  ${line}`),
    '',
    ...requestLines(report, layout),
  ];
}

function packageLines(
  { plan: { deploymentPackage }, app }: PlanReport,
  warning: (text: string) => readonly string[],
): readonly string[] {
  return [
    `  deployment package: ${bytes(deploymentPackage.size)}`,
    `    sha256 ${deploymentPackage.sha256}`,
    ...deploymentPackage.files.map(({ path, size }) => `    ${path}  ${bytes(size)}`),
    `    source maps, not uploaded: ${near(app.sourceMapDir)}`,
    ...app.dynamicImports.flatMap(warning),
  ];
}

function settingLines(target: Target): readonly string[] {
  const { timeoutSeconds, maxInstances, environment, secrets } = target;
  const { memoryMiB, vcpu, architecture, concurrency } = configurationOf(target);
  const instance = `${memoryMiB} MiB, ${vcpu.toFixed(3).replace(/\.?0+$/, '')} vCPU, ${architecture}`;
  const most = maxInstances === null ? '' : `, at most ${maxInstances} instances`;
  return [
    `  ${instance}, time-out ${timeoutSeconds} s, concurrency ${concurrency}${most}`,
    ...namesLine('environment', environment),
    ...namesLine('secrets by reference', secrets),
  ];
}

function namesLine(what: string, all: object): readonly string[] {
  const names = Object.keys(all);
  return names.length === 0 ? [] : [`  ${what}: ${names.join(', ')}`];
}

function knownDifferences({ differences, unknownBecause }: KnownDifferences): readonly string[] {
  if (differences === null) return [`what is deployed is unknown: ${unknownBecause}`];
  return differenceLines(differences);
}

/** A path, relative where it is below the current folder. */
function near(path: string): string {
  const from = relative(process.cwd(), path);
  return from.startsWith('..') ? path : from;
}

/** The requests of a deployment, and the names in them that only the provider knows; none where nothing differs. */
function requestLines({ plan, differences }: PlanReport, layout: Layout): readonly string[] {
  if (differences?.length === 0) return [];
  const { paint, width, withRequests } = layout;
  return [
    withRequests ? '  API requests' : '  API requests (--requests prints their bodies)',
    ...plan.requests.flatMap(({ call, body }) => [
      `    ${call}`,
      ...(withRequests && body !== undefined && body !== null ? bodyLines(body) : []),
    ]),
    ...plan.placeholders.flatMap(({ name, meaning }) =>
      wrap(`${name}: ${meaning}`, width - 4, '  ').map((line) => `  ${paint('dim', line)}`),
    ),
    '',
  ];
}

function bodyLines(body: unknown): readonly string[] {
  const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2);
  return text.split('\n').map((line) => `      ${line}`);
}
