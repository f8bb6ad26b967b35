import type { ProviderId } from '@tricloud/core';
import type { DeploymentPackage } from '@tricloud/build';
import type { Check } from './check.ts';
import type { FoundRegion, Status } from './cloud.ts';
import type { Env } from './deploy-context.ts';
import type { Failure } from './failure.ts';
import type { LogEntry } from './log-entry.ts';
import type { Difference, PlanContents } from './plan.ts';
import type { Rule } from './rules.ts';
import type { Run } from './run.ts';
import type { Target } from './target.ts';

/**
 * One cloud, as the engine drives it: what differs between the clouds and nothing else. Each entry is a file or a folder
 * of its name in the driver's folder. What an entry throws is described by `errors`.
 *
 * @typeParam S a session: the run, with the provider's clients.
 * @typeParam T what is deployed, as the provider says it.
 */
export interface Driver<S extends Run, T> {
  readonly id: ProviderId;
  /** What a deployment consists of. Sends nothing and needs no account. */
  readonly template: {
    describe(target: Target, deploymentPackage: DeploymentPackage, env: Env): Promise<PlanContents>;
  };
  readonly credentials: {
    /** Region that the provider's own tools would use; null where none is configured. */
    findRegion(env: Env): Promise<FoundRegion | null>;
    /** @throws {CredentialsError} where none are found, or the provider refuses them. */
    open(run: Run): Promise<S>;
    /** Prerequisites of a deployment besides the runtime: credentials, APIs, quotas, clock. What could not be read is unknown. */
    checks(run: Run): AsyncIterable<Check>;
    /** Adds what a function with `auth: 'iam'` demands of its callers. */
    signRequest(session: S, request: Request): Promise<Request>;
  };
  readonly state: {
    /**
     * What is deployed; null where nothing is.
     *
     * @throws {DeployError} where something of that name was not made by tricloud.
     */
    read(session: S): Promise<T | null>;
    /**
     * Finishes or cleans up what an interrupted deployment left, each as a step, and returns what is there then.
     *
     * @throws {DeploymentInProgressError} while another deployment or removal runs.
     */
    settle(session: S, deploymentPackage: DeploymentPackage, found: T | null): Promise<T | null>;
    /** What a deployment would change; empty where it would change nothing. */
    differences(
      session: S,
      deploymentPackage: DeploymentPackage,
      found: T | null,
    ): Promise<readonly Difference[]>;
    toStatus(session: S, found: T): Status;
    /** What a failed change left, by name; asks the provider where it can. Never throws. */
    leftBehind(session: S): Promise<readonly string[]>;
  };
  readonly apply: {
    /** Creates and changes what the deployment package needs before it can be uploaded. */
    apply(session: S, deploymentPackage: DeploymentPackage, found: T | null): Promise<T>;
    /** What `remove` would remove, by name. */
    removals(session: S, found: T): Promise<readonly string[]>;
    /** Removes what was created and nothing else. */
    remove(session: S, found: T): Promise<void>;
  };
  readonly publish: {
    /** Uploads the deployment package, makes it the one that answers, and records it. */
    publish(session: S, deploymentPackage: DeploymentPackage, applied: T): Promise<T>;
    /**
     * Makes the previous deployment package the one that answers.
     *
     * @throws {NothingDeployedError} where there is no previous one.
     */
    rollback(session: S, found: T): Promise<T>;
  };
  readonly logs: {
    /** Entries from a Unix time in milliseconds on, the oldest first. */
    read(session: S, sinceMs: number): Promise<readonly LogEntry[]>;
    /** Milliseconds between two reads that follow a log. */
    readonly intervalMs: number;
  };
  readonly rules: readonly Rule[];
  readonly errors: {
    /** What the provider, or the way to it, said. */
    readonly readFailure: (error: unknown, run: Run) => Failure;
  };
}
