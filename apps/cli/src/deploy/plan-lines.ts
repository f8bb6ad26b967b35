import type { Workload } from '@tricloud/core';
import type { Difference, MonthlyCost, Plan, Target } from '@tricloud/deploy';
import { amount, bytes, toCents } from '../numbers.ts';
import { wrap } from '../table.ts';
import type { Paint } from '../terminal.ts';

/** All that `tricloud plan` knows of one cloud. */
export interface ToldPlan {
  readonly plan: Plan;
  readonly target: Target;
  /** Where the source maps of the archive lie, `undefined` where it has none. */
  readonly sourceMaps: string | undefined;
  /** Null where no workload was given. */
  readonly cost: {
    readonly name: string;
    readonly workload: Workload;
    readonly month: MonthlyCost;
  } | null;
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
    `  archive: ${bytes(plan.archive.size)}, sha256 ${plan.archive.sha256}`,
    ...plan.archive.files.map(({ path, size }) => `    ${path}  ${bytes(size)}`),
    ...(told.sourceMaps === undefined ? [] : [`    source maps, not sent: ${told.sourceMaps}`]),
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
    ...(plan.cannot.length === 0 ? [] : ['', paint('yellow', '  not as asked')]),
    ...plan.cannot.flatMap(inWidth),
    '',
    ...costLines(told),
    ...differenceLines(told),
    ...requestLines(plan, layout.withRequests),
  ];
}

function settingLines(target: Target): readonly string[] {
  const { memoryMiB, timeoutSeconds, concurrency, maxInstances, environment, secrets } = target;
  const most = maxInstances === null ? '' : `, ${maxInstances} instances at most`;
  const requests = concurrency === 1 ? '1 request' : `${concurrency} requests`;
  return [
    `  ${memoryMiB} MiB, ${timeoutSeconds} s, ${requests} at once in an instance${most}`,
    ...namesLine('environment', environment),
    ...namesLine('secrets by reference', secrets),
  ];
}

function namesLine(what: string, all: object): readonly string[] {
  const names = Object.keys(all);
  return names.length === 0 ? [] : [`  ${what}: ${names.join(', ')}`];
}

function costLines({ cost, target }: ToldPlan): readonly string[] {
  if (cost === null) return ['  cost: --workload FILE tells what a month of it costs here'];
  const { name, workload, month } = cost;
  if (!month.isKnown) return [`  a month of ${name}: not known, for ${month.why}`];
  const { bill, notes } = month.offer;
  const { memoryMiB } = target;
  const isOther = workload.memoryMiB !== memoryMiB;
  return [
    `  a month of ${name}: ${toCents(bill.totalUsd)} USD`,
    ...bill.lines.map(
      ({ meter, used, free, unit, amountUsd }) =>
        `    ${meter}: ${amount(used)} ${unit}, ${amount(free)} of them free: ${toCents(amountUsd)} USD`,
    ),
    ...(isOther
      ? [`    at the ${memoryMiB} MiB that are deployed; the workload says ${workload.memoryMiB}`]
      : []),
    ...notes.map((note) => `    ${note}`),
    `    prices as of ${bill.sheet.date}; --json names their sources`,
  ];
}

function differenceLines({ differences, unknownBecause }: ToldPlan): readonly string[] {
  if (differences === null) return [`  what is deployed is not known: ${unknownBecause}`];
  if (differences.length === 0) return ['  nothing differs from what is deployed'];
  return [
    '  differs from what is deployed',
    ...differences.map(
      ({ what, deployed, planned }) =>
        `    ${what}: ${deployed ?? '(nothing)'} -> ${planned ?? '(gone)'}`,
    ),
  ];
}

function requestLines({ requests }: Plan, withRequests: boolean): readonly string[] {
  const title = withRequests ? '  what would be sent' : '  what would be sent (--requests: whole)';
  return [
    title,
    ...requests.flatMap(({ call, body }) => [
      `    ${call}`,
      ...(withRequests && body !== undefined && body !== null ? bodyLines(body) : []),
    ]),
    '',
  ];
}

function bodyLines(body: unknown): readonly string[] {
  const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2);
  return text.split('\n').map((line) => `      ${line}`);
}
