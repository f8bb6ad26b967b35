import type { Evaluated } from './evaluate.ts';

/** A request as it came in. */
export interface Received {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

/** What is answered in the place of Azure's own answer. */
export interface Fault {
  readonly method: string;
  readonly path: RegExp;
  /** `drop` closes the connection, `lose` does as it is told and closes it then, `hang` says nothing at all. */
  readonly answer:
    | 'drop'
    | 'lose'
    | 'hang'
    | {
        readonly status: number;
        readonly body?: unknown;
        readonly headers?: Record<string, string>;
      };
  /** How often; once unless it says otherwise. */
  times?: number;
  /** How many such requests are answered as usual before. */
  after?: number;
  /** Called as the request comes in. */
  met?(): void;
}

/** A resource group. */
export interface Group {
  location: string;
  tags: Record<string, string>;
  state: string;
  resources: { id: string; type: string; name: string; tags?: Record<string, string> }[];
  deployment: Deployment | null;
  /** The app as the last deployment made it that was done. */
  site: Evaluated | null;
  /** The looks at a removal until it is done. */
  polls: number;
}

/** A deployment into a group. */
export interface Deployment {
  state: string;
  polls: number;
  resources: Evaluated[];
  error: unknown;
}

/** Resource Manager, the deployment site, Blob Storage and Log Analytics on one port of this machine. */
export interface FakeAzure {
  readonly url: string;
  readonly host: string;
  readonly received: Received[];
  readonly faults: Fault[];
  readonly groups: Map<string, Group>;
  readonly blobs: Map<string, Buffer>;
  /** The SHA-256 of the archives that were published, in their order. */
  readonly published: string[];
  /** Looks at a deployment until it is done. */
  deploymentPolls: number;
  /** What a deployment comes to: null is success. */
  deploymentError: unknown;
  /** The resource on which it fails. */
  failingType: string;
  /** What the next publications come to; success when it is empty. */
  readonly publications: { status: number; status_text: string }[];
  /** The app's own host name. */
  siteHost: string;
  settings: Record<string, string>;
  /** The app's own key for its functions. */
  readonly functionKey: string;
  logRows: [string, string, string][];
  readonly unregistered: Set<string>;
  flexRegions: string[];
  nodeVersions: string[];
  /** Bounds of the most instances of an app. */
  instances: [number, number];
  subscriptions: { subscriptionId: string; displayName: string; state: string }[];
  /** What the tests find wrong with what came in. */
  readonly complaints: string[];
  close(): Promise<void>;
}

export const subscription = '00000000-0000-4000-8000-000000000000';

/** What is answered. */
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };
/** What answers a request; the named parts of its path come with it. */
export type Handler = (
  request: Received,
  match: Record<string, string>,
) => Answer | Promise<Answer>;
