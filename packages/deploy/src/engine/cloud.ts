import type { ProviderId } from '@tricloud/core';
import type { DeploymentPackage } from '@tricloud/build';
import type { Check } from './check.ts';
import type { DeployContext, Env } from './deploy-context.ts';
import type { LogLine } from './log-entry.ts';
import type { DeploymentPlan, Difference } from './plan.ts';
import type { BrokenRule, Target } from './target.ts';

/** A region, and where it is configured. */
export interface FoundRegion {
  readonly region: string;
  /** Such as `AWS_REGION` or `the profile shop in ~/.aws/config`. */
  readonly source: string;
}

/** Values of the settings that are not given. */
export type TargetDefaults = Pick<
  Target,
  | 'region'
  | 'memoryMiB'
  | 'vcpu'
  | 'architecture'
  | 'timeoutSeconds'
  | 'concurrency'
  | 'maxInstances'
>;

/** What a deployment came to. */
export interface Deployment {
  /** False when everything was already as it should be. */
  readonly isChanged: boolean;
  /** What `verify` expects to answer; null where any deployment may, after a rollback. */
  readonly id: string | null;
  /** The public URL; null where the endpoint gives none that can be asked. */
  readonly url: string | null;
  /** Why there is no URL. */
  readonly noUrlBecause: string | null;
}

/** What is deployed now. */
export interface Status {
  readonly isDeployed: boolean;
  /** The provider's own word for its state, such as `UPDATE_COMPLETE`; null when nothing is there. */
  readonly state: string | null;
  /** True while a deployment or removal is in progress. */
  readonly isBusy: boolean;
  readonly url: string | null;
  /** Why there is no URL; null where there is one, or nothing is deployed. */
  readonly noUrlBecause: string | null;
  /** ISO 8601. */
  readonly changedAt: string | null;
  /** SHA-256 of the deployed deployment package, where it is known. */
  readonly packageSha256: string | null;
  /** The deployment package that `rollback` would bring back, where there is one. */
  readonly previousPackageSha256: string | null;
  /** Further facts, such as memory and runtime, in the order in which they are shown. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

/** One cloud, as everything else sees it. Every failure is a `DeployError`. */
export interface Cloud {
  readonly id: ProviderId;
  readonly defaults: TargetDefaults;
  /** Region that the provider's own tools would use; null where none is configured. */
  findRegion(env: Env): Promise<FoundRegion | null>;
  /** Every rule of the provider that the target breaks; nothing was sent to find out. */
  brokenRules(target: Target): readonly BrokenRule[];
  /** Needs no account and no network. */
  plan(
    target: Target,
    deploymentPackage: DeploymentPackage,
    context: DeployContext,
  ): Promise<DeploymentPlan>;
  /** What would change; null where there are no credentials to ask with. */
  differences(
    target: Target,
    deploymentPackage: DeploymentPackage,
    context: DeployContext,
  ): Promise<readonly Difference[] | null>;
  deploy(
    target: Target,
    deploymentPackage: DeploymentPackage,
    context: DeployContext,
  ): Promise<Deployment>;
  status(target: Target, context: DeployContext): Promise<Status>;
  /** From `sinceMs` (Unix time) on; with `follow` until the signal. */
  logs(
    target: Target,
    options: { readonly sinceMs: number; readonly follow: boolean },
    context: DeployContext,
  ): AsyncIterable<LogLine>;
  /** Brings the deployment package before this one back. */
  rollback(target: Target, context: DeployContext): Promise<Deployment>;
  /** What `remove` would remove, by name. */
  removals(target: Target, context: DeployContext): Promise<readonly string[]>;
  /** Removes what was created and nothing else; what is not there is no error. */
  remove(target: Target, context: DeployContext): Promise<void>;
  /** Checks prerequisites: credentials and where they came from, enabled APIs, quotas, region. */
  doctor(target: Target, context: DeployContext): AsyncIterable<Check>;
  /** Adds what a function with `auth: 'iam'` demands of its callers. */
  signRequest(target: Target, request: Request, context: DeployContext): Promise<Request>;
}
