import { memoryText, textWith } from './bilingual.ts';
import { type FunctionLimits, functionLimits, type FunctionPlanId } from './function-limits.ts';
import type { Text } from './text.ts';

/** Instance that a function asks for. */
export interface RequestedConfiguration {
  readonly memoryMiB: number;
  /** `null` takes the vCPUs that come with the memory. */
  readonly vcpu: number | null;
  /** Requests at once in an instance. */
  readonly concurrency: number;
  readonly architecture: 'x86_64' | 'arm64';
}

/** Instance that a plan deploys and bills. */
export interface Configuration {
  readonly memoryMiB: number;
  readonly vcpu: number;
  readonly concurrency: number;
  readonly architecture: 'x86_64' | 'arm64';
  /** Differences from the requested configuration. */
  readonly notes: readonly Text[];
}

/** Reason why a plan has no such configuration. */
export interface NoConfiguration {
  readonly reason: Text;
}

/** Instance before the architecture is chosen. */
type Instance = Omit<Configuration, 'architecture'>;
type Configure = (
  requested: RequestedConfiguration,
  limits: FunctionLimits,
) => Instance | NoConfiguration;

// Of a product or quotient of decimals in floating point.
const rounding = 1e-9;

const cloudRun: Configure = (requested, limits) =>
  inPairs(requested, limits, requested.concurrency > 1 ? 1 : 0);

const configureByPlan: Readonly<Record<FunctionPlanId, Configure>> = {
  'aws-lambda': inProportion,
  'aws-lambda-provisioned-concurrency': inProportion,
  'google-cloud-run': cloudRun,
  // Less than one vCPU is sold by request-based billing only: https://docs.cloud.google.com/run/docs/configuring/services/cpu
  'google-cloud-run-instance-based': (requested, limits) => inPairs(requested, limits, 1),
  'google-cloud-functions-1st-gen': inSizes,
  'azure-functions-flex': inSizes,
  'azure-functions-flex-always-ready': inSizes,
  'azure-functions-consumption': asObserved,
  'azure-functions-premium-EP1': onWholeInstance(0),
  'azure-functions-premium-EP2': onWholeInstance(1),
  'azure-functions-premium-EP3': onWholeInstance(2),
};

/** Configuration that a plan deploys and bills for a requested one, or the reason why it cannot. */
export function configure(
  plan: FunctionPlanId,
  requested: RequestedConfiguration,
): Configuration | NoConfiguration {
  const instance = configureByPlan[plan](requested, functionLimits(plan));
  if ('reason' in instance) return instance;
  if (plan.startsWith('aws-') || requested.architecture === 'x86_64') {
    return { ...instance, architecture: requested.architecture };
  }
  const note = textWith(
    'Chạy trên x86_64: gói này không có arm64',
    'Runs on x86_64: no arm64 here',
  );
  return { ...instance, architecture: 'x86_64', notes: [...instance.notes, note] };
}

/** vCPUs in proportion to memory, which is raised where more vCPUs are requested. */
function inProportion(
  requested: RequestedConfiguration,
  limits: FunctionLimits,
): Instance | NoConfiguration {
  const { min, max } = limits.memoryMiB;
  const mibPerVcpu = limits.mibPerVcpu ?? max;
  const forVcpu = Math.ceil((requested.vcpu ?? 0) * mibPerVcpu - rounding);
  const memoryMiB = Math.max(min, requested.memoryMiB, forVcpu);
  if (requested.memoryMiB > max) return tooMuchMemory(requested.memoryMiB, max);
  if (memoryMiB > max) return tooManyVcpus(requested.vcpu ?? 0, max / mibPerVcpu);
  const notes =
    memoryMiB === forVcpu && forVcpu > requested.memoryMiB
      ? [
          textWith(
            '{0} thành {1}, vì vCPU đi theo bộ nhớ: {2} vCPU cần chừng ấy',
            '{0} becomes {1}, because vCPUs come with memory: {2} vCPU needs that much',
            memoryText(requested.memoryMiB),
            memoryText(memoryMiB),
            requested.vcpu ?? 0,
          ),
        ]
      : memoryNotes(requested, memoryMiB);
  return alone(requested, { memoryMiB, vcpu: memoryMiB / mibPerVcpu, notes });
}

/** Memory as requested, and the vCPUs that were requested or come with it, if the two go together. */
function inPairs(
  requested: RequestedConfiguration,
  limits: FunctionLimits,
  leastVcpu: number,
): Instance | NoConfiguration {
  const { min, max } = limits.memoryMiB;
  const memoryMiB = Math.max(min, requested.memoryMiB);
  if (memoryMiB > max) return tooMuchMemory(memoryMiB, max);
  const usual = limits.sizes.find((size) => size.memoryMiB >= memoryMiB)?.vcpu ?? 0;
  const wanted = Math.max(requested.vcpu ?? usual, leastVcpu);
  const vcpu = soldFrom(wanted, limits);
  if (vcpu === undefined) return tooManyVcpus(wanted, limits.pairs.at(-1)?.vcpu ?? 0);
  const reason = whyNoPair(memoryMiB, vcpu, limits);
  if (reason !== null) return { reason };
  const concurrency = Math.min(requested.concurrency, limits.concurrency ?? requested.concurrency);
  const notes = [
    ...memoryNotes(requested, memoryMiB),
    ...raisedNotes(requested, { vcpu, usual }),
    ...sharingNotes(requested, concurrency),
  ];
  return { memoryMiB, vcpu, concurrency, notes };
}

/** Least number of vCPUs that is sold and is enough: below one in steps of 0.001. */
function soldFrom(wanted: number, { pairs }: FunctionLimits): number | undefined {
  if (wanted < 1) return Math.ceil(wanted * 1000 - rounding) / 1000;
  return pairs.find(({ vcpu }) => vcpu >= wanted)?.vcpu;
}

function whyNoPair(memoryMiB: number, vcpu: number, { pairs }: FunctionLimits): Text | null {
  const pair = pairs.findLast((each) => each.vcpu <= vcpu);
  if (pair === undefined) {
    return textWith(
      'Cloud Run không có {0} vCPU: ít nhất là {1}',
      'Cloud Run has no {0} vCPU: {1} is the least',
      vcpu,
      pairs[0]?.vcpu ?? 1,
    );
  }
  const memory = memoryText(memoryMiB);
  if (memoryMiB < pair.leastMiB) {
    return textWith(
      'Cloud Run không có {0} vCPU với {1}: {0} vCPU cần ít nhất {2}',
      'Cloud Run has no {0} vCPU with {1}: {0} vCPU needs at least {2}',
      vcpu,
      memory,
      memoryText(pair.leastMiB),
    );
  }
  if (memoryMiB <= pair.mostMiB) return null;
  return textWith(
    'Cloud Run không có {0} với {1} vCPU: {0} cần ít nhất {2} vCPU',
    'Cloud Run has no {0} with {1} vCPU: {0} needs at least {2} vCPU',
    memory,
    vcpu,
    pairs.find(({ mostMiB }) => mostMiB >= memoryMiB)?.vcpu ?? vcpu,
  );
}

function raisedNotes(
  requested: RequestedConfiguration,
  { vcpu, usual }: { readonly vcpu: number; readonly usual: number },
): readonly Text[] {
  const before = requested.vcpu ?? usual;
  if (vcpu === before) return [];
  return requested.concurrency > 1 && vcpu === 1
    ? [
        textWith(
          '{0} vCPU thành {1} vCPU: nhiều yêu cầu cùng lúc cần ít nhất một vCPU',
          '{0} vCPU becomes {1} vCPU: several requests at once need a whole vCPU',
          before,
          vcpu,
        ),
      ]
    : [
        textWith(
          '{0} vCPU thành {1} vCPU, mức nhỏ nhất có bán',
          '{0} vCPU becomes {1} vCPU, the least that is sold',
          before,
          vcpu,
        ),
      ];
}

/** Smallest size that has the memory and the vCPUs. */
function inSizes(
  requested: RequestedConfiguration,
  limits: FunctionLimits,
): Instance | NoConfiguration {
  const { sizes, concurrency: most } = limits;
  const size = sizes.find(
    ({ memoryMiB, vcpu }) => memoryMiB >= requested.memoryMiB && vcpu >= (requested.vcpu ?? 0),
  );
  if (size === undefined) return beyondSizes(requested, limits);
  const notes =
    size.memoryMiB === requested.memoryMiB
      ? []
      : [
          textWith(
            '{0} thành {1} với {2} vCPU, cỡ nhỏ nhất đáp ứng được',
            '{0} becomes {1} with {2} vCPU, the smallest size that has enough',
            memoryText(requested.memoryMiB),
            memoryText(size.memoryMiB),
            size.vcpu,
          ),
        ];
  if (most === 1) return alone(requested, { ...size, notes });
  const concurrency = Math.min(requested.concurrency, most ?? requested.concurrency);
  return { ...size, concurrency, notes: [...notes, ...sharingNotes(requested, concurrency)] };
}

/** Memory that is observed rather than chosen, billed in steps. */
function asObserved(
  requested: RequestedConfiguration,
  limits: FunctionLimits,
): Instance | NoConfiguration {
  const [size] = limits.sizes;
  const step = limits.memoryMiB.step ?? 1;
  if (
    size === undefined ||
    requested.memoryMiB > size.memoryMiB ||
    (requested.vcpu ?? 0) > size.vcpu
  ) {
    return beyondSizes(requested, limits);
  }
  const memoryMiB = Math.ceil(requested.memoryMiB / step) * step;
  const sharing = textWith(
    'Mỗi lần chạy được tính riêng, dù bao nhiêu lần dùng chung một instance',
    'Each execution is billed by itself, however many share an instance',
  );
  const notes = [
    ...memoryNotes(requested, memoryMiB),
    ...(requested.concurrency === 1 ? [] : [sharing]),
  ];
  return { memoryMiB, vcpu: size.vcpu, concurrency: 1, notes };
}

/** Whole instance of a size, which runs the function as often as its memory and vCPUs let it. */
function onWholeInstance(index: number): Configure {
  return (requested, limits) => {
    const size = limits.sizes[index];
    const vcpu = requested.vcpu ?? 1;
    if (size === undefined || requested.memoryMiB > size.memoryMiB || vcpu > size.vcpu) {
      return beyondSizes(requested, { sizes: size === undefined ? [] : [size] });
    }
    // Where nothing is said of vCPUs, the function keeps a whole one busy.
    const fits = Math.floor(
      Math.min(size.memoryMiB / requested.memoryMiB, size.vcpu / vcpu) + rounding,
    );
    const notes = [
      textWith(
        'Một instance có {0} và {1} vCPU; số hàm chạy song song trong đó: {2}',
        'An instance has {0} and {1} vCPU; functions side by side in it: {2}',
        memoryText(size.memoryMiB),
        size.vcpu,
        fits,
      ),
    ];
    return { ...size, concurrency: fits * requested.concurrency, notes };
  };
}

function beyondSizes(
  requested: RequestedConfiguration,
  { sizes }: Pick<FunctionLimits, 'sizes'>,
): NoConfiguration {
  const largest = sizes.at(-1) ?? { memoryMiB: 0, vcpu: 0 };
  return requested.memoryMiB > largest.memoryMiB
    ? tooMuchMemory(requested.memoryMiB, largest.memoryMiB)
    : tooManyVcpus(requested.vcpu ?? 0, largest.vcpu);
}

function tooMuchMemory(askedMiB: number, mostMiB: number): NoConfiguration {
  const values = [memoryText(askedMiB), memoryText(mostMiB)] as const;
  return {
    reason: textWith(
      'Không có {0}: một instance có nhiều nhất {1}',
      'No {0}: an instance has at most {1}',
      ...values,
    ),
  };
}

function tooManyVcpus(requested: number, most: number): NoConfiguration {
  return {
    reason: textWith(
      'Không có {0} vCPU: một instance có nhiều nhất {1}',
      'No {0} vCPU: an instance has at most {1}',
      requested,
      most,
    ),
  };
}

function alone(
  requested: RequestedConfiguration,
  instance: Omit<Instance, 'concurrency'>,
): Instance {
  return { ...instance, concurrency: 1, notes: [...instance.notes, ...sharingNotes(requested, 1)] };
}

function memoryNotes(requested: RequestedConfiguration, memoryMiB: number): readonly Text[] {
  if (memoryMiB === requested.memoryMiB) return [];
  const values = [memoryText(requested.memoryMiB), memoryText(memoryMiB)] as const;
  return [textWith('{0} được tính là {1}', '{0} is billed as {1}', ...values)];
}

function sharingNotes(requested: RequestedConfiguration, concurrency: number): readonly Text[] {
  if (requested.concurrency === concurrency) return [];
  return concurrency === 1
    ? [
        textWith(
          'Mỗi instance chỉ nhận một yêu cầu một lúc: {0} yêu cầu cùng lúc cần {0} instance',
          'An instance takes one request at a time: {0} at once are {0} instances',
          requested.concurrency,
        ),
      ]
    : [
        textWith(
          'Mỗi instance nhận nhiều nhất {0} yêu cầu cùng lúc, không phải {1}',
          'An instance takes at most {0} requests at once, not {1}',
          concurrency,
          requested.concurrency,
        ),
      ];
}
