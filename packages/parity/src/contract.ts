import type { Provider } from '@tricloud/adapters';

/** Where a case can be told: an adapter in memory, an app's bundle, a local runtime over HTTP, a deployed URL. */
export type Place = 'memory' | 'bundle' | 'local' | 'deployed';

/** One header line: its name and its value, as they stand on the wire. */
export type HeaderLine = readonly [name: string, value: string];

/** One request, exactly as it goes out: no part of it is normalised. */
export interface Step {
  readonly method: string;
  /** The request target as it stands in the request line, percent-encoding and all. */
  readonly target: string;
  readonly headers: readonly HeaderLine[];
  readonly body?: Uint8Array;
}

/** What came back, exactly as a client on the wire sees it. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly HeaderLine[];
  readonly body: Uint8Array;
}

/** Sends one request to the runtime under test; rejects when no answer comes back. */
export type Send = (step: Step) => Promise<Answer>;

/** Gives one provider event to the function under test and answers what the provider's client would see. */
export type Invoke = (event: unknown) => Promise<Answer>;

/** Any value that JSON can carry. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** What must hold for an answer; whatever is left out is not looked at. */
export interface Expectation {
  readonly status?: number;
  /** The value of each named header (its only line), a pattern for it, or `null` where it must be absent. */
  readonly headers?: Readonly<Record<string, string | { readonly matches: string } | null>>;
  /** The `Set-Cookie` lines in order, as the function set them. */
  readonly cookies?: readonly string[];
  /** The whole body: text as UTF-8, or bytes. */
  readonly body?: string | Uint8Array;
  /** The whole body parsed as JSON. */
  readonly json?: Json;
  /** Parts of the JSON body by path, such as `headers.x-m`; each compared as a whole. */
  readonly fields?: Readonly<Record<string, Json>>;
  /** Parts of the JSON body that are comma-separated lists, whatever white space stands around the comma. */
  readonly lists?: Readonly<Record<string, readonly string[]>>;
  /** The body after gunzip, as UTF-8 text. */
  readonly gunzipped?: string;
  /** Text that may stand nowhere in the body or the headers. */
  readonly excludes?: readonly string[];
  /** The function's own header names: no other may come back but those that the provider itself always adds. */
  readonly onlyHeaders?: readonly string[];
  /** The number (from 1) of an earlier step whose status and body must come back again. */
  readonly sameAs?: number;
  /** A number in the JSON body that must be greater than it was in an earlier step (numbered from 1). */
  readonly grows?: { readonly field: string; readonly since: number };
  /** Every provider must answer this step with the same status and the same document. */
  readonly sameOnEveryProvider?: true;
}

/** Why something is so, and where that is written down. */
export interface Reason {
  readonly why: string;
  readonly source: string;
}

/** What one provider answers in its own way. */
export interface Difference extends Reason {
  readonly expect: Expectation;
}

/** A step of a case and what must come back. */
export interface CaseStep {
  readonly method: string;
  readonly target: string;
  readonly headers?: readonly HeaderLine[];
  /** Bytes, or how many bytes of `x` to send. */
  readonly body?: Uint8Array | number;
  readonly expect: Expectation;
  /** Providers that are asked this; all of them when left out. */
  readonly only?: readonly Provider[];
  /** Where a provider itself answers otherwise: replaces `expect` for it. */
  readonly differences?: Readonly<Partial<Record<Provider, Difference>>>;
  /** Why a step that only some providers are asked is answered in their own way. */
  readonly own?: Reason;
}

/** A case that a provider's own runtime makes impossible, with the reason and where it is written down. */
export interface Impossible extends Reason {
  readonly provider: Provider;
  readonly places: readonly Place[];
  /** The front doors of the provider that it holds for; every one when left out. */
  readonly shapes?: readonly string[];
  /** What comes out otherwise for this reason, as `Mismatch.what` names it: any other mismatch is a failure. */
  readonly spoils: readonly string[];
}

interface CaseFacts {
  readonly id: string;
  readonly title: string;
  /** Where it bit somebody, or why it is asked. */
  readonly why: string;
  readonly where: readonly Place[];
  readonly impossible?: readonly Impossible[];
}

/** A case told by requests. */
export interface RequestCase extends CaseFacts {
  readonly kind: 'requests';
  readonly steps: readonly CaseStep[];
  /** Send every step at once instead of one after the other. */
  readonly together?: true;
}

/** A case that only a provider's own event can tell. */
export interface EventCase extends CaseFacts {
  readonly kind: 'events';
  readonly provider: Provider;
  readonly events: readonly {
    readonly name: string;
    readonly event: Json;
    readonly expect: Expectation;
  }[];
}

/** One behaviour that is the same wherever the function runs. */
export type ParityCase = RequestCase | EventCase;

/** One thing in one step that was not as expected. */
export interface Mismatch {
  /** The step it happened in, such as `2 POST /echo`. */
  readonly step: string;
  /** What was looked at, such as `status` or `fields.query`. */
  readonly what: string;
  readonly expected: string;
  readonly got: string;
}

/** How one case went in one place. */
export interface CaseResult {
  readonly id: string;
  readonly title: string;
  readonly status: 'passed' | 'failed' | 'impossible';
  /** What went wrong, one line a mismatch. */
  readonly detail?: string;
  readonly mismatches?: readonly Mismatch[];
  /** Why it is impossible, and where that is written down. */
  readonly why?: string;
  readonly source?: string;
  /** What was held to the provider's own way instead of everybody's. */
  readonly differences?: readonly Reason[];
  /** SHA-256 of what every provider must answer alike, where the case asks for it. */
  readonly fingerprint?: string;
}
