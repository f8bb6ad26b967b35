import { setTimeout as sleep } from 'node:timers/promises';
import type { ProviderId } from '@tricloud/core';
import type { CaseResult } from '@tricloud/parity';

/** What came of asking a deployed function through its public URL. */
export interface SmokeTest {
  readonly passed: number;
  readonly failures: readonly string[];
}

// A new route, certificate or instance takes a while to be known everywhere.
const patienceMs = 90_000;
const betweenMs = 2000;

/**
 * Asks until the function answers, then runs the cases that suit a deployed function. Of a function that is not ours
 * the routes are not known: it answers if it answers at all, with no server error.
 */
export async function smokeTest(
  cloud: ProviderId,
  url: string,
  { isOurs, signal }: { readonly isOurs: boolean; readonly signal: AbortSignal },
): Promise<SmokeTest> {
  const problem = await untilAnswered(isOurs ? new URL('/v1/whoami', url) : new URL(url), signal);
  if (problem !== undefined) return { passed: 0, failures: [problem] };
  if (!isOurs) return { passed: 1, failures: [] };
  // Loaded by a smoke test only.
  const { httpSend, runCases } = await import('@tricloud/parity');
  const send = httpSend(url);
  try {
    const results = await runCases({ provider: cloud, place: 'deployed', send });
    return {
      passed: results.filter(({ status }) => status === 'passed').length,
      failures: results.filter(({ status }) => status === 'failed').map(failureOf),
    };
  } finally {
    send.close();
  }
}

async function untilAnswered(url: URL, signal: AbortSignal): Promise<string | undefined> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const problem = await problemAt(url, signal);
    if (problem === undefined) return undefined;
    if (performance.now() + betweenMs > deadline) {
      return `${url.href} does not answer as it should: ${problem}`;
    }
    await sleep(betweenMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return problem;
  }
}

async function problemAt(url: URL, signal: AbortSignal): Promise<string | undefined> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(30_000)]);
    const response = await fetch(url, { signal: limit, redirect: 'manual' });
    await response.arrayBuffer();
    const { status } = response;
    // Before the permission to call it is known everywhere, Google answers 403; an app that starts, 404 or 5xx.
    const isAnswered =
      url.pathname === '/v1/whoami' ? status === 200 : status < 500 && status !== 403;
    return isAnswered ? undefined : `status ${status}`;
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    return error.cause instanceof Error ? error.cause.message : error.message;
  }
}

function failureOf({ id, title, detail }: CaseResult): string {
  return `${id} ${title}${detail === undefined ? '' : `: ${detail}`}`;
}
