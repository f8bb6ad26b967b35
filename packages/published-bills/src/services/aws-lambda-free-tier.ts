import { amount, fields } from '@tricloud/core/parts';
import * as v from 'valibot';
import type { StatedAllowance } from '../restated.ts';

const onDemand = { requests: ['requests'], gbS: ['compute-x86_64', 'compute-arm64'] };
const provisioned = { requests: ['pc-requests'], gbS: ['pc-compute-x86_64', 'pc-compute-arm64'] };
const all = {
  requests: [...onDemand.requests, ...provisioned.requests],
  gbS: [...onDemand.gbS, ...provisioned.gbS],
};

type Covered = typeof all;

/** What an example takes off covers every request, but of the GB-seconds those on demand alone: the page says so of provisioned concurrency. */
const usual: Covered = { requests: all.requests, gbS: onDemand.gbS };

const scopes: Readonly<Record<string, Covered>> = {
  all,
  'on-demand': onDemand,
  'on demand': onDemand,
  provisioned,
  'provisioned concurrency': provisioned,
};
const CLAUSE =
  /^(all|on[- ]demand|provisioned(?: concurrency)?)(?: (requests|gb[-_]s|gb-seconds|compute|duration))?(?: only)?$/;

/** Reads such as "all requests, on-demand GB-s only"; `null` for what it does not understand. */
function coveredBy(text: string): Covered | null {
  let covered = usual;
  for (const clause of text
    .trim()
    .toLowerCase()
    .split(/\s*(?:,|;|\band\b)\s*/)) {
    const [, scope = '', what] = CLAUSE.exec(clause) ?? [];
    const named = scopes[scope];
    if (named === undefined) return null;
    const { requests, gbS } = named;
    if (what === undefined) covered = { requests, gbS };
    else covered = what === 'requests' ? { ...covered, requests } : { ...covered, gbS };
  }
  return covered;
}

const understood = 'such as "all requests, on-demand GB-s only"';

/** The field `free_tier` of Lambda. */
export const freeTierSchema = v.optional(
  v.nullable(
    fields(
      {
        requests: v.optional(amount()),
        gb_s: v.optional(amount()),
        stream_gb: v.optional(amount()),
        applies_to: v.optional(
          v.pipe(
            v.string(understood),
            v.check((text) => coveredBy(text) !== null, understood),
          ),
        ),
      },
      'null or an object',
    ),
  ),
);

/** The allowances that an example states. */
export function freeOf(given: v.InferOutput<typeof freeTierSchema>): StatedAllowance[] {
  const { requests = 0, gb_s = 0, stream_gb = 0, applies_to } = given ?? {};
  const covered = (applies_to === undefined ? null : coveredBy(applies_to)) ?? usual;
  return [
    { prices: covered.requests, quantity: requests },
    { prices: covered.gbS, quantity: gb_s },
    { prices: ['streamed'], quantity: stream_gb },
  ];
}
