import { deploymentIdHeader } from './deployment-id.ts';
import { createFetch, type Fetch } from './proxy.ts';
import type { Timing } from './timing.ts';
import { transportProblem } from './transport-error.ts';

export interface VerifyOptions {
  /** Id of the deployment that must answer; null accepts any. */
  readonly id: string | null;
  /** Adds what a function with `auth: 'iam'` demands of its callers. */
  readonly sign: (request: Request) => Promise<Request>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly timing: Timing;
}

// A new route, certificate, permission or instance takes a while to be known everywhere.
const limitMs = 90_000;
const intervalMs = 2000;

/**
 * Waits until this deployment answers at a URL, and not the previous one or a gateway before it.
 *
 * @returns the problem; null where there is none.
 */
export async function verify(url: URL, options: VerifyOptions): Promise<string | null> {
  const { signal, timing } = options;
  const fetch = createFetch(options.env);
  const endsAt = timing.now() + limitMs;
  for (;;) {
    const { problem, isFinal } = await ask(url, options, fetch);
    if (problem === null) return null;
    if (isFinal || timing.now() + intervalMs > endsAt) return `${url.href}: ${problem}`;
    await timing.wait(intervalMs, signal);
  }
}

interface Outcome {
  readonly problem: string | null;
  /** True where waiting changes nothing. */
  readonly isFinal: boolean;
}

async function ask(url: URL, { id, sign, signal }: VerifyOptions, fetch: Fetch): Promise<Outcome> {
  try {
    const headers = { [deploymentIdHeader]: '?' };
    const request = await sign(new Request(url, { headers }));
    const response = await fetch(url, {
      headers: Object.fromEntries(request.headers),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
    });
    await response.arrayBuffer();
    const answeredBy = response.headers.get(deploymentIdHeader);
    if (id !== null && answeredBy === null) {
      return waiting(`status ${response.status}, not from this deployment`);
    }
    if (id !== null && answeredBy !== id)
      return waiting(`another deployment answers (${answeredBy})`);
    if (response.status < 500 && response.status !== 403) return { problem: null, isFinal: true };
    // The function itself says so: that does not pass.
    return { problem: `status ${response.status}`, isFinal: id !== null };
  } catch (error) {
    signal.throwIfAborted();
    return waiting(transportProblem(error));
  }
}

function waiting(problem: string): Outcome {
  return { problem, isFinal: false };
}
