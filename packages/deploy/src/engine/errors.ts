import type { ProviderId } from '@tricloud/core';

/** What went wrong on a cloud, in the provider's own words. */
export class DeployError extends Error {
  readonly cloud: ProviderId;
  /** What was created and is still there, by name. */
  readonly leftBehind: readonly string[];
  /** The command to type next: it retries, resumes or fixes. */
  readonly hint: string | null;
  /** The command that removes what is left behind; null where nothing is, or where it is in use. */
  readonly cleanUp: string | null;

  constructor(
    cloud: ProviderId,
    message: string,
    options: {
      readonly leftBehind?: readonly string[];
      readonly hint?: string;
      readonly cleanUp?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.cloud = cloud;
    this.leftBehind = options.leftBehind ?? [];
    this.hint = options.hint ?? null;
    this.cleanUp = options.cleanUp ?? null;
  }
}

/** No credentials were found, or the provider refuses them. */
export class CredentialsError extends DeployError {}

/** No credentials were found at all. */
export class MissingCredentialsError extends CredentialsError {}

/** Somebody else's deployment or removal of the same target is under way. */
export class DeploymentInProgressError extends DeployError {}

/** The command was interrupted. */
export class InterruptedError extends DeployError {}

/** Nothing is deployed under this name, stage and region, or nothing to go back to. */
export class NothingDeployedError extends DeployError {}
