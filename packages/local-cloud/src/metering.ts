import { defaultFunctions, invocationCost } from '@tricloud/core';
import type { InvocationRecord, ProviderId } from './options.ts';
import type { Metered } from './runtime.ts';

/** The record of an invocation with what it would have cost, list price without free tier. */
export function toRecord(provider: ProviderId, metered: Metered): InvocationRecord {
  const { billedExtraMs = 0, ...invocation } = metered;
  const durationMs = Math.round(invocation.durationMs * 100) / 100;
  const { billedDurationMs, costUsd } = invocationCost({
    provider,
    memoryMiB: invocation.memoryMiB,
    durationMs: durationMs + billedExtraMs,
    architecture: defaultFunctions[provider].architecture,
  });
  return { ...invocation, provider, durationMs, billedDurationMs, costUsd };
}
