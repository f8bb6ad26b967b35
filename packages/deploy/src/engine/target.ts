import type { ProviderId } from '@tricloud/core';

/**
 * One function on one cloud: the vocabulary that the three clouds share, resolved for one of them.
 * Every field has a value: what nobody asked for has the cloud's default (`defaults` of its rules).
 */
export interface Target {
  readonly cloud: ProviderId;
  /** The function's name; with the stage it names everything that is created. */
  readonly name: string;
  readonly stage: string;
  readonly region: string;
  readonly memoryMiB: number;
  /** Null takes the vCPUs that come with the memory. */
  readonly vcpu: number | null;
  readonly architecture: 'x86_64' | 'arm64';
  readonly timeoutSeconds: number;
  /** Requests that one instance takes at once. */
  readonly concurrency: number;
  /** Instances at most; null leaves it to the cloud. */
  readonly maxInstances: number | null;
  /** Variables that the function sees, as they are. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables whose values stay in the cloud's own store: name, and reference in that cloud's form. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Google's project id or Azure's subscription id, where it was given; credentials may know it. */
  readonly account: string | null;
  /** Who may call the function: everyone, or those whom the provider's own access control lets. */
  readonly auth: 'none' | 'iam';
  /** Google members that may call a function with `auth: 'iam'`, such as `user:ada@example.com`. */
  readonly invokers: readonly string[];
  /** Requests that AWS's HTTP API lets through; null on the other clouds. */
  readonly throttle: Throttle | null;
  /** Service account that builds the function on Google; null takes the project's default. */
  readonly buildAccount: string | null;
}

/** A token bucket before the function: what exceeds it is answered 429 and costs no invocation. */
export interface Throttle {
  /** Requests a second, on average. */
  readonly rate: number;
  /** Requests at once. */
  readonly burst: number;
}

/** A rule of the provider that a target breaks. */
export interface BrokenRule {
  /** The field of the target, such as `name` or `environment.PORT`. */
  readonly path: string;
  readonly value: unknown;
  /** What the provider takes, and where it says so. */
  readonly rule: string;
  readonly source: string;
}
