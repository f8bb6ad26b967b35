import type { Bill, ProviderId, Text } from '@tricloud/core';

/** Shapes of `@tricloud/core`'s next comparison, until it is there. */
export interface Instances {
  readonly count: number;
  readonly capacity: string;
  readonly utilization: string;
}

export interface Estimate {
  readonly id: string;
  readonly provider: ProviderId;
  readonly configuration: {
    readonly memoryMiB: number;
    readonly vcpu: number;
    readonly architecture: 'x86_64' | 'arm64';
    readonly concurrency: number;
  };
  readonly bill: Bill;
  readonly instances: Instances | null;
  readonly isDeployTarget: boolean;
  readonly legacy: { readonly endsOn: string | null; readonly reason: Text } | null;
  readonly commitment: '1y' | null;
  readonly isComplete: boolean;
  readonly notes: readonly Text[];
}

export interface Comparison {
  readonly workload: {
    readonly requestsPerMonth: number;
    readonly durationMs: number;
    readonly memoryMiB: number;
    readonly arrivals: 'random' | 'even';
    readonly peakToAverage: number;
    readonly coldStarts: number;
    readonly redundancy: 1 | 2;
    readonly place: string | null;
    readonly region: Readonly<Record<ProviderId, string>>;
    readonly freeTier: boolean;
  };
  readonly asOf: string;
  readonly peakInFlight: string;
  readonly plans: readonly Estimate[];
  readonly servers: readonly Estimate[];
  readonly order: readonly string[];
  readonly breakEven: readonly {
    readonly plan: string;
    readonly server: string;
    readonly requestsPerMonth: number | null;
    readonly crossings: readonly {
      readonly requestsPerMonth: number;
      readonly moreExpensive: 'plan' | 'server';
    }[];
    readonly isComplete: boolean;
  }[];
  readonly sizes: readonly {
    readonly id: string;
    readonly provider: ProviderId;
    readonly vcpu: number;
    readonly memoryMiB: number;
    readonly architecture: 'x86_64' | 'arm64';
    readonly instances: Instances | null;
    readonly totalUsd: string | null;
    readonly reason: Text | null;
  }[];
  readonly unavailable: readonly { readonly id: string; readonly reason: Text }[];
  readonly notes: readonly Text[];
}
