import { defaultFunctions, invocationCost } from '@tricloud/core';
import { priceLists } from '@tricloud/core/price-lists';
import type { InvocationRecord, ProviderId } from './options.ts';
import type { Metered } from './runtime.ts';

/** The record of an invocation with what it would have cost, list price without free tier. */
export function toRecord(provider: ProviderId, metered: Metered): InvocationRecord {
  const { billedExtraMs = 0, ...invocation } = metered;
  const durationMs = Math.round(invocation.durationMs * 100) / 100;
  const usage = {
    provider,
    memoryMiB: invocation.memoryMiB,
    durationMs: durationMs + billedExtraMs,
    architecture: defaultFunctions[provider].architecture,
  };
  const { billedDurationMs, costUsd } = invocationCost(usage, priceLists);
  return { ...invocation, provider, durationMs, billedDurationMs, costUsd };
}
