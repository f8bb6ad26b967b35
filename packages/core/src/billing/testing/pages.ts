import { isLess, multiply, over, up, type Fraction } from './fraction.ts';

/**
 * What the providers' pages say, written a second time and in another way than the lists and services do: prices as
 * the pages print them (so many dollars for so many units), one formula a meter, every amount a fraction. Names,
 * roundings and prices are typed anew. For tests only.
 */

/** A price list of one meter: what is free in a month, then steps of so many units at so many dollars. */
export interface Rate {
  readonly free: bigint;
  /** Whether the first step begins with what is free, and not after it. */
  readonly freeIsInSteps?: boolean;
  readonly steps: readonly (readonly [size: bigint | null, usd: Fraction])[];
}

/** One way in which a service bills. */
export interface Page {
  readonly service: string;
  readonly plan: string;
  readonly region: string;
  /** The fields of the usage, each with what it can be: a list, or from nothing to so many (thousandths too). */
  readonly usage: Readonly<Record<string, Range>>;
  /** What a use comes to on each meter. */
  readonly use: (usage: Readonly<Record<string, Fraction>>) => Readonly<Record<string, Fraction>>;
  readonly rates: Readonly<Record<string, Rate>>;
}

/** What a field can be. */
export type Range =
  | { readonly word: string }
  | { readonly among: readonly number[] }
  | { readonly whole: number; readonly from?: number }
  | { readonly thousandths: number };

/** Dollars as a page prints them, for so many units. */
function usd(printed: string, units: bigint | number = 1): Fraction {
  const [whole = '', cents = ''] = printed.split('.');
  return over(BigInt(whole + cents), 10n ** BigInt(cents.length) * BigInt(units));
}

const million = 1_000_000;
const flat = (price: Fraction, free = 0n): Rate => ({ free, steps: [[null, price]] });
const zero = over(0);

function field(usage: Readonly<Record<string, Fraction>>, name: string): Fraction {
  return usage[name] ?? zero;
}

const gbSeconds = (each: Fraction, ms: Fraction, mb: Fraction): Fraction =>
  multiply(each, ms, mb, over(1, 1_024_000));

const lambda = (architecture: string, rate: Rate): Page => ({
  service: 'aws-lambda',
  plan: 'on-demand',
  region: 'us-east-1',
  usage: {
    requests: { whole: 30_000_000_000 },
    durationMs: { whole: 900_000, from: 1 },
    memoryMiB: { whole: 10_240, from: 128 },
    architecture: { word: architecture },
  },
  use: (u) => ({
    requests: field(u, 'requests'),
    compute: gbSeconds(field(u, 'requests'), field(u, 'durationMs'), field(u, 'memoryMiB')),
  }),
  rates: { requests: flat(usd('0.20', million), 1_000_000n), compute: rate },
});

const billion = 1_000_000_000n;
const tb = 1024n;

/** https://aws.amazon.com/lambda/pricing/ and the other pricing pages of 2026; Google's and Microsoft's where it says so. */
export const pages: readonly Page[] = [
  lambda('x86_64', {
    free: 400_000n,
    steps: [
      [6n * billion, usd('0.0000166667')],
      [9n * billion, usd('0.000015')],
      [null, usd('0.0000133334')],
    ],
  }),
  lambda('arm64', {
    free: 400_000n,
    steps: [
      [7_500n * 1_000_000n, usd('0.0000133334')],
      [11_250n * 1_000_000n, usd('0.0000120001')],
      [null, usd('0.0000106667')],
    ],
  }),
  {
    service: 'aws-lambda-edge',
    plan: 'on-demand',
    region: 'us-east-1',
    usage: { requests: { whole: 1e10 }, durationMs: { whole: 30_000, from: 1 } },
    use: (u) => ({
      requests: field(u, 'requests'),
      compute: multiply(field(u, 'requests'), field(u, 'durationMs'), over(1, 1000)),
    }),
    rates: { requests: flat(usd('0.60', million)), compute: flat(usd('0.00000625125')) },
  },
  {
    service: 'aws-sqs',
    plan: 'pay-per-request',
    region: 'us-east-1',
    usage: { requests: { whole: 4_000_000_000 }, payloadKiB: { thousandths: 1024 } },
    use: (u) => ({
      requests: multiply(field(u, 'requests'), up(field(u, 'payloadKiB'), 64n), over(1, 64)),
    }),
    rates: {
      requests: {
        free: 1_000_000n,
        steps: [
          [100n * billion, usd('0.40', million)],
          [100n * billion, usd('0.30', million)],
          [null, usd('0.24', million)],
        ],
      },
    },
  },
  {
    service: 'aws-sns',
    plan: 'fifo',
    region: 'us-east-1',
    usage: {
      publishes: { whole: 1e10 },
      payloadKiB: { thousandths: 256 },
      subscriptions: { whole: 100 },
    },
    use(u) {
      const messages = field(u, 'publishes');
      const gb = multiply(messages, field(u, 'payloadKiB'), over(1, million));
      const queues = field(u, 'subscriptions');
      return {
        messages,
        gb,
        delivered: multiply(messages, queues),
        deliveredGb: multiply(gb, queues),
      };
    },
    rates: {
      messages: flat(usd('0.30', million)),
      gb: flat(usd('0.017')),
      delivered: flat(usd('0.01', million)),
      deliveredGb: flat(usd('0.001')),
    },
  },
  {
    service: 'aws-step-functions',
    plan: 'standard',
    region: 'us-east-1',
    usage: { transitions: { whole: 1e10 } },
    use: (u) => ({ transitions: field(u, 'transitions') }),
    rates: { transitions: flat(usd('0.025', 1000), 4000n) },
  },
  {
    service: 'aws-step-functions',
    plan: 'express',
    region: 'us-east-1',
    usage: {
      requests: { whole: 1e9 },
      durationMs: { thousandths: 300_000 },
      memoryMiB: { thousandths: 1024 },
    },
    use: (u) => ({
      requests: field(u, 'requests'),
      duration: gbSeconds(
        field(u, 'requests'),
        up(field(u, 'durationMs'), 100n),
        up(field(u, 'memoryMiB'), 64n),
      ),
    }),
    rates: {
      requests: flat(usd('1.00', million)),
      duration: {
        free: 0n,
        steps: [
          [3_600_000n, usd('0.00001667')],
          [14_400_000n, usd('0.00000833')],
          [null, usd('0.00000456')],
        ],
      },
    },
  },
  {
    service: 'aws-api-gateway-http',
    plan: 'pay-per-request',
    region: 'us-east-1',
    usage: { requests: { whole: 1e9 }, requestKiB: { thousandths: 10_240 } },
    use: (u) => ({
      calls: multiply(field(u, 'requests'), up(field(u, 'requestKiB'), 512n), over(1, 512)),
    }),
    rates: {
      calls: {
        free: 0n,
        steps: [
          [300_000_000n, usd('1.00', million)],
          [null, usd('0.90', million)],
        ],
      },
    },
  },
  {
    service: 'aws-api-gateway-rest',
    plan: 'pay-per-request',
    region: 'us-east-1',
    usage: { requests: { whole: 40_000_000_000 } },
    use: (u) => ({ calls: field(u, 'requests') }),
    rates: {
      calls: {
        free: 0n,
        steps: [
          [333_000_000n, usd('3.50', million)],
          [667_000_000n, usd('2.80', million)],
          [19n * billion, usd('2.38', million)],
          [null, usd('1.51', million)],
        ],
      },
    },
  },
  {
    service: 'aws-api-gateway-websocket',
    plan: 'pay-per-message',
    region: 'us-east-1',
    usage: {
      messages: { whole: 3_000_000_000 },
      messageKiB: { thousandths: 128 },
      connectionMinutes: { thousandths: 1e9 },
    },
    use: (u) => ({
      messages: multiply(field(u, 'messages'), up(field(u, 'messageKiB'), 32n), over(1, 32)),
      minutes: field(u, 'connectionMinutes'),
    }),
    rates: {
      messages: {
        free: 0n,
        steps: [
          [billion, usd('1.00', million)],
          [null, usd('0.80', million)],
        ],
      },
      minutes: flat(usd('0.25', million)),
    },
  },
  {
    service: 'aws-data-transfer',
    plan: 'pay-per-gb',
    region: 'ap-southeast-1',
    usage: { internetGb: { thousandths: 400_000 } },
    use: (u) => ({ out: field(u, 'internetGb') }),
    rates: {
      out: {
        free: 100n,
        steps: [
          [10n * tb, usd('0.12')],
          [40n * tb, usd('0.085')],
          [100n * tb, usd('0.082')],
          [null, usd('0.08')],
        ],
      },
    },
  },
  {
    service: 'aws-cognito',
    plan: 'lite-legacy',
    region: 'us-east-1',
    usage: { monthlyActiveUsers: { whole: 30_000_000 } },
    use: (u) => ({ mau: field(u, 'monthlyActiveUsers') }),
    rates: {
      mau: {
        free: 50_000n,
        freeIsInSteps: true,
        steps: [
          [100_000n, usd('0.0055')],
          [900_000n, usd('0.0046')],
          [9_000_000n, usd('0.00325')],
          [null, usd('0.0025')],
        ],
      },
    },
  },
  {
    service: 'aws-firehose',
    plan: 'records',
    region: 'eu-west-2',
    usage: { records: { whole: 1e12 }, recordKiB: { among: [0.5, 1, 3, 5, 5.001, 17.25, 1024] } },
    use: (u) => ({
      gb: multiply(field(u, 'records'), up(field(u, 'recordKiB'), 5n), over(1, 1024 * 1024)),
    }),
    rates: {
      gb: {
        free: 0n,
        steps: [
          [500n * tb, usd('0.035')],
          [1500n * tb, usd('0.03')],
          [null, usd('0.024')],
        ],
      },
    },
  },
  {
    service: 'aws-dynamodb',
    plan: 'on-demand',
    region: 'us-east-1',
    usage: {
      writeRequestUnits: { whole: 1e10 },
      readRequestUnits: { whole: 1e10 },
      storageGbMonths: { thousandths: 100_000 },
    },
    use: (u) => ({
      writes: field(u, 'writeRequestUnits'),
      reads: field(u, 'readRequestUnits'),
      storage: field(u, 'storageGbMonths'),
    }),
    rates: {
      writes: flat(usd('0.625', million)),
      reads: flat(usd('0.125', million)),
      storage: flat(usd('0.25'), 25n),
    },
  },
  {
    service: 'azure-functions-consumption',
    plan: 'consumption',
    region: 'eastus',
    usage: {
      executions: { whole: 1e10 },
      durationMs: { whole: 600_000, from: 1 },
      memoryMiB: { whole: 1536, from: 1 },
    },
    use(u) {
      const ms = field(u, 'durationMs');
      const atLeast = isLess(ms, over(100)) ? over(100) : ms;
      const executions = field(u, 'executions');
      return {
        executions,
        compute: gbSeconds(executions, atLeast, up(field(u, 'memoryMiB'), 128n)),
      };
    },
    rates: {
      executions: flat(usd('0.20', million), 1_000_000n),
      compute: flat(usd('0.000016'), 400_000n),
    },
  },
  {
    service: 'azure-bandwidth',
    plan: 'data-transfer',
    region: 'eastus',
    usage: { internetGb: { thousandths: 400_000 } },
    use: (u) => ({ out: field(u, 'internetGb') }),
    rates: {
      out: {
        free: 100n,
        steps: [
          // The first 5 GB of the tiers of the interface were free once: the paid ones begin 5 GB earlier.
          [10n * tb - 5n, usd('0.087')],
          [40n * tb, usd('0.083')],
          [100n * tb, usd('0.07')],
          [null, usd('0.05')],
        ],
      },
    },
  },
  {
    service: 'google-firestore',
    plan: 'pay-as-you-go',
    region: 'nam5',
    usage: {
      readsPerDay: { whole: 1e9 },
      writesPerDay: { whole: 1e9 },
      deletesPerDay: { whole: 1e9 },
      days: { among: [30] },
      storageGbMonths: { thousandths: 10_000 },
    },
    use(u) {
      const days = field(u, 'days');
      return {
        reads: multiply(field(u, 'readsPerDay'), days),
        writes: multiply(field(u, 'writesPerDay'), days),
        deletes: multiply(field(u, 'deletesPerDay'), days),
        storage: field(u, 'storageGbMonths'),
      };
    },
    rates: {
      reads: flat(usd('0.06', 100_000), 30n * 50_000n),
      writes: flat(usd('0.18', 100_000), 30n * 20_000n),
      deletes: flat(usd('0.02', 100_000), 30n * 20_000n),
      storage: flat(usd('0.18'), 1n),
    },
  },
  {
    service: 'google-pubsub',
    plan: 'pay-as-you-go',
    region: 'global',
    usage: { throughputGib: { thousandths: 1e6 } },
    use: (u) => ({ throughput: field(u, 'throughputGib') }),
    rates: { throughput: flat(usd('40', 1024), 10n) },
  },
  {
    service: 'google-identity-platform',
    plan: 'pay-as-you-go',
    region: 'global',
    usage: { monthlyActiveUsers: { whole: 30_000_000 } },
    use: (u) => ({ mau: field(u, 'monthlyActiveUsers') }),
    rates: {
      mau: {
        free: 50_000n,
        freeIsInSteps: true,
        steps: [
          [100_000n, usd('0.0055')],
          [900_000n, usd('0.0046')],
          [null, usd('0.0032')],
        ],
      },
    },
  },
];
