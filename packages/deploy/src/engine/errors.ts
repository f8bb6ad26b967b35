import type { ProviderId } from '@tricloud/core';

/** What went wrong on a cloud, told in the provider's own words. */
export class DeployError extends Error {
  readonly cloud: ProviderId;
  /** What was created and is still there, by name. */
  readonly leftBehind: readonly string[];
  /** The command to type next: it continues, mends or cleans up. */
  readonly hint: string | null;

  constructor(
    cloud: ProviderId,
    message: string,
    options: {
      readonly leftBehind?: readonly string[];
      readonly hint?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.cloud = cloud;
    this.leftBehind = options.leftBehind ?? [];
    this.hint = options.hint ?? null;
  }
}

/** No credentials were found, or the provider does not take them. */
export class CredentialsError extends DeployError {}

/** Somebody else's deployment or removal of the same target is under way. */
export class DeploymentInProgressError extends DeployError {}

/** The command was interrupted. */
export class InterruptedError extends DeployError {}

/** Nothing is deployed under this name, stage and region, or nothing to go back to. */
export class NothingDeployedError extends DeployError {}
