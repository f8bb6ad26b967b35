import type { ProviderId } from '@tricloud/core';

/** A resource that a deployment creates or changes. */
export interface PlannedResource {
  /** The provider's own type, such as `AWS::Lambda::Function`. */
  readonly type: string;
  readonly name: string;
  /** What it is for, in a few words. */
  readonly purpose: string;
}

/** Who may do what on what. */
export interface PlannedPermission {
  readonly who: string;
  readonly actions: readonly string[];
  readonly on: string;
}

/** Something that would be sent, secrets redacted. */
export interface PlannedRequest {
  /** Such as `CreateChangeSet` or `PUT https://management.azure.com/…`. */
  readonly call: string;
  readonly body: unknown;
}

/** What stands in a plan for a name that only the provider knows, such as `<account>`. */
export interface Placeholder {
  readonly name: string;
  readonly meaning: string;
}

/** What a deployment would do; made without an account and without a network. */
export interface DeploymentPlan extends PlanContents {
  readonly cloud: ProviderId;
  readonly name: string;
  readonly stage: string;
  readonly region: string;
  readonly deploymentPackage: {
    readonly files: readonly { readonly path: string; readonly size: number }[];
    /** Bytes, compressed. */
    readonly size: number;
    readonly sha256: string;
  };
}

/** What a deployment consists of, as a driver describes it. */
export interface PlanContents {
  readonly resources: readonly PlannedResource[];
  readonly permissions: readonly PlannedPermission[];
  readonly requests: readonly PlannedRequest[];
  /** Every one that stands anywhere above. */
  readonly placeholders: readonly Placeholder[];
  /** What this cloud cannot do of what was asked, and what it does in its place. */
  readonly limitations: readonly string[];
  /** Who can call the function, and what limits its bill: one sentence. */
  readonly access: string;
}

/** What differs between a plan and what is deployed; empty when a deployment would change nothing. */
export interface Difference {
  /** Such as `memory` or the name of a resource. */
  readonly what: string;
  /** Null where it is not there yet. */
  readonly deployed: string | null;
  /** Null where it would go. */
  readonly planned: string | null;
}

type Value = string | number | null;

/** The difference between two values; none where they are the same. */
export function difference(what: string, deployed: Value, planned: Value): readonly Difference[] {
  if (deployed === planned) return [];
  return [{ what, deployed: toText(deployed), planned: toText(planned) }];
}

function toText(value: Value): string | null {
  return value === null ? null : String(value);
}
