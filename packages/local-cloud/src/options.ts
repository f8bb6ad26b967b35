import type { ProviderId } from '@tricloud/core';

export type { ProviderId };

/** One invocation as it would stand on a bill: sizes in bytes, times in milliseconds, list price without free tier. */
export interface InvocationRecord {
  readonly at: string;
  readonly provider: ProviderId;
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly coldStart: boolean;
  readonly durationMs: number;
  readonly billedDurationMs: number;
  readonly memoryMiB: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly costUsd: string;
  /** The reason that the provider answered in the function's place, if it did. */
  readonly error?: string;
}

/** An event of the local cloud while it runs. */
export type LocalCloudEvent =
  | { readonly type: 'ready'; readonly provider: ProviderId; readonly url: string }
  | { readonly type: 'record'; readonly record: InvocationRecord }
  | {
      readonly type: 'log';
      readonly provider: ProviderId;
      readonly invocationId: string | null;
      readonly stream: 'stdout' | 'stderr';
      readonly line: string;
    }
  | {
      readonly type: 'exit';
      readonly provider: ProviderId;
      readonly code: number | null;
      readonly signal: string | null;
      /** Otherwise the next request or save starts it again. */
      readonly isRestarted: boolean;
    }
  | { readonly type: 'reloaded'; readonly providers: readonly ProviderId[]; readonly ms: number }
  | {
      readonly type: 'build-failed';
      readonly providers: readonly ProviderId[];
      readonly message: string;
    };

/** Memory and time-out of an instance, as they would be configured in the cloud. */
export interface InstanceConfig {
  readonly memoryMiB: number;
  readonly timeoutMs: number;
}

/** Options of the local cloud. */
export interface LocalCloudOptions {
  readonly providers: readonly ProviderId[];
  /** The folder with the three apps; without it the entries of `@tricloud/build` are served. */
  readonly appsDir?: string;
  /** Bundles are written below it, in a folder of this run that goes when the run ends. */
  readonly cacheDir: string;
  /** A module that exports `handler`, served in place of the function that ships. */
  readonly functionFile?: string;
  /** 0 picks a free port. */
  readonly ports: {
    readonly console: number;
    readonly aws: number;
    readonly google: number;
    readonly azure: number;
  };
  /** Most AWS instances at the same time: 4 unless given. */
  readonly awsInstances?: number;
  /** The Node that runs the children; the one that runs this process unless given. */
  readonly nodePath?: string;
  /** Version of that Node, such as `24.22.3`; that of this process unless given. */
  readonly nodeVersion?: string;
  /** The provider whose child waits for a debugger's connection. */
  readonly inspect?: ProviderId;
  /** Variables for the functions, as from `.env`; a provider's reserved ones win. */
  readonly env?: Readonly<Record<string, string>>;
  /** Builds and swaps when a source of a bundle changes. */
  readonly watch: boolean;
  /** Gives the start up: what has been started is ended at once, and the start is rejected. */
  readonly signal?: AbortSignal;
  readonly onEvent: (event: LocalCloudEvent) => void;
  /** Memory and time-out of a provider's instances where they differ from the deployables' own. */
  readonly instances?: Readonly<Partial<Record<ProviderId, Partial<InstanceConfig>>>>;
}

/** The three runtimes while they run. */
export interface LocalCloud {
  readonly urls: Readonly<Partial<Record<ProviderId, string>>>;
  readonly consoleUrl: string;
  /** Ends every process, frees every port and removes what was written. */
  close(): Promise<void>;
}
