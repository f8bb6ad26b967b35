import * as v from 'valibot';
import { amount, count, fields, oneOf, real } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, minus, product, quantity, times, type Quantity } from '../pricing/quantity.ts';
import { atLeast, roundUpToStep } from '../pricing/rounding-step.ts';
import { meterAll, meterUsed, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** How much memory goes with how many vCPU: https://aws.amazon.com/fargate/pricing/, 2026. */
const sizes: readonly { readonly vcpu: number; readonly memoryGiB: readonly number[] }[] = [
  { vcpu: 0.25, memoryGiB: [0.5, 1, 2] },
  { vcpu: 0.5, memoryGiB: steps(1, 4, 1) },
  { vcpu: 1, memoryGiB: steps(2, 8, 1) },
  { vcpu: 2, memoryGiB: steps(4, 16, 1) },
  { vcpu: 4, memoryGiB: steps(8, 30, 1) },
  { vcpu: 8, memoryGiB: steps(16, 60, 4) },
  { vcpu: 16, memoryGiB: steps(32, 120, 8) },
  { vcpu: 32, memoryGiB: [60, 120, 244] },
];

const memorySizes = [...new Set(sizes.flatMap(({ memoryGiB }) => memoryGiB))];

/** Every task has 20 GB of disk, which are not billed, and 200 at most. */
const includedGiB = 20;

/** What runs the tasks; Windows does on x86_64 alone. */
const platform = {
  os: v.optional(oneOf(['linux', 'windows']), 'linux'),
  architecture: v.optional(oneOf(['x86_64', 'arm64']), 'x86_64'),
};

function isPlatform(os: string, architecture: string): boolean {
  return os === 'linux' || architecture === 'x86_64';
}

const rightPlatform = '"x86_64" under Windows';

/** A month of tasks, or pods, alike. */
const AwsFargateUsageSchema = v.pipe(
  fields({
    /** How many were started; what runs on for the month is one. */
    tasks: count(),
    /** Of each, 31 days at most. */
    durationSeconds: real(0, 2_678_400),
    vcpu: oneOf(sizes.map(({ vcpu }) => vcpu)),
    memoryGiB: oneOf(memorySizes.toSorted((a, b) => a - b)),
    ephemeralGiB: v.optional(real(includedGiB, 200), includedGiB),
    ...platform,
  }),
  v.forward(
    v.partialCheck(
      [['vcpu'], ['memoryGiB']],
      ({ vcpu, memoryGiB }) =>
        sizes.some((size) => size.vcpu === vcpu && size.memoryGiB.includes(memoryGiB)),
      ({ input: { vcpu } }) => {
        const fitting = sizes.find((size) => size.vcpu === vcpu)?.memoryGiB ?? [];
        return `one of ${fitting.join(', ')} with ${vcpu} vCPU`;
      },
    ),
    ['memoryGiB'],
  ),
  // https://docs.aws.amazon.com/AmazonECS/latest/userguide/fargate-tasks-services.html, read 2026-11-30
  v.forward(
    v.partialCheck(
      [['os'], ['vcpu']],
      ({ os, vcpu }) => os === 'linux' || vcpu >= 1,
      'at least 1 under Windows',
    ),
    ['vcpu'],
  ),
  v.forward(
    v.partialCheck(
      [['os'], ['architecture']],
      ({ os, architecture }) => isPlatform(os, architecture),
      rightPlatform,
    ),
    ['architecture'],
  ),
);

/** A month given by its totals, as a bill lists them. */
const AwsFargateTotalsSchema = v.pipe(
  fields({
    vcpuHours: v.optional(amount(), 0),
    memoryGibHours: v.optional(amount(), 0),
    /** Of the disk beyond what every task has. */
    ephemeralGibHours: v.optional(amount(), 0),
    ...platform,
  }),
  v.forward(
    v.partialCheck(
      [['os'], ['architecture']],
      ({ os, architecture }) => isPlatform(os, architecture),
      rightPlatform,
    ),
    ['architecture'],
  ),
);

/** A month of tasks alike. */
type AwsFargateUsage = v.InferOutput<typeof AwsFargateUsageSchema>;

/** By the second, a minute at least, under Windows five: same page. */
function billedSeconds({ durationSeconds, os }: AwsFargateUsage): bigint {
  return BigInt(roundUpToStep(atLeast(os === 'windows' ? 300 : 60, durationSeconds), 1));
}

function meterTasks(usage: AwsFargateUsage, prices: RegionPrices): readonly Metered[] {
  const hours = quantity(BigInt(usage.tasks) * billedSeconds(usage), 3600n);
  const disk = minus(exactly(usage.ephemeralGiB), quantity(BigInt(includedGiB)));
  return meterHours(
    {
      ...usage,
      vcpu: product(hours, exactly(usage.vcpu)),
      memory: product(hours, exactly(usage.memoryGiB)),
      disk: product(hours, disk),
    },
    prices,
  );
}

interface Hours {
  readonly vcpu: Quantity;
  readonly memory: Quantity;
  readonly disk: Quantity;
  readonly os: AwsFargateUsage['os'];
  readonly architecture: AwsFargateUsage['architecture'];
}

function meterHours(
  { vcpu, memory, disk, os, architecture }: Hours,
  prices: RegionPrices,
): readonly Metered[] {
  // The prices of Windows are by the second.
  const used =
    os === 'windows'
      ? {
          'cpu-windows': times(vcpu, 3600n),
          'os-windows': times(vcpu, 3600n),
          'memory-windows': times(memory, 3600n),
        }
      : { [`cpu-${architecture}`]: vcpu, [`memory-${architecture}`]: memory };
  return [
    ...meterAll(prices, 'aws-fargate', used),
    ...meterUsed(prices, 'aws-fargate', { 'ephemeral-storage': disk }),
  ];
}

/** Tasks on Fargate, of ECS or EKS. */
export const awsFargate: BilledService = {
  id: 'aws-fargate',
  plans: {
    'on-demand': planOf(AwsFargateUsageSchema, meterTasks),
    'on-demand-totals': planOf(AwsFargateTotalsSchema, (usage, prices) =>
      meterHours(
        {
          ...usage,
          vcpu: exactly(usage.vcpuHours),
          memory: exactly(usage.memoryGibHours),
          disk: exactly(usage.ephemeralGibHours),
        },
        prices,
      ),
    ),
  },
};

function steps(from: number, to: number, by: number): readonly number[] {
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => from + index * by);
}
