import type { ProviderId } from '@tricloud/core';
import { verify } from '@tricloud/deploy';
import type { CaseResult } from '@tricloud/parity';

/** The result of calling a deployed function. */
export interface SmokeTest {
  readonly passed: number;
  readonly failures: readonly string[];
}

type VerifyOptions = Parameters<typeof verify>[1];

interface SmokeTestOptions extends VerifyOptions {
  /** True for the function that ships: its routes are known, and the cases for a deployed function are run, too. */
  readonly runsCases: boolean;
}

/** Waits until this deployment answers, and runs the cases that suit a deployed function. */
export async function smokeTest(
  cloud: ProviderId,
  url: string,
  { runsCases, ...options }: SmokeTestOptions,
): Promise<SmokeTest> {
  const problem = await verify(new URL(url), options).catch((error: unknown) => {
    if (options.signal.aborted) return 'interrupted before this deployment responded';
    throw error;
  });
  if (problem !== null) return { passed: 0, failures: [problem] };
  if (!runsCases) return { passed: 1, failures: [] };
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

function failureOf({ id, title, detail }: CaseResult): string {
  return `${id} ${title}${detail === undefined ? '' : `: ${detail}`}`;
}
