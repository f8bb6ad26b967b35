import { EnvHttpProxyAgent, fetch as undiciFetch } from 'undici';
import type { Env } from './deploy-context.ts';
import { type Proxy, toTransportError, TransportError } from './transport-error.ts';

export type Fetch = typeof undiciFetch;

// An emulator on this machine is never behind a proxy.
const loopback = ['localhost', '.localhost', '127.0.0.1', '[::1]'];

/**
 * A `fetch` that goes through the proxy which the environment names: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in
 * either case. Every request of every cloud uses it, those of the providers' SDKs included. `NODE_EXTRA_CA_CERTS` is
 * read by Node itself. A request that gets no answer is a {@link TransportError}.
 */
export function createFetch(env: Env): Fetch {
  const problem = proxyProblem(env);
  if (problem !== null) return () => Promise.reject(new TransportError(problem));
  const dispatcher = new EnvHttpProxyAgent(proxySettings(env));
  return async (input, init) => {
    try {
      return await undiciFetch(input, { ...init, dispatcher });
    } catch (error) {
      // An interruption and a time-out have no cause, nor has a request that cannot be sent.
      if (!(error instanceof TypeError && error.cause instanceof Error)) throw error;
      const url = new URL(input instanceof URL || typeof input === 'string' ? input : input.url);
      throw toTransportError(error, url, proxyOf(env, url));
    }
  };
}

function proxySettings(env: Env) {
  const direct = named(env, 'NO_PROXY').value.trim();
  return {
    httpProxy: named(env, 'HTTP_PROXY').value,
    httpsProxy: named(env, 'HTTPS_PROXY').value,
    // `*` stands alone.
    noProxy: direct === '*' ? '*' : [direct, ...loopback].join(','),
  };
}

function named(env: Env, name: string): { readonly variable: string; readonly value: string } {
  const lower = name.toLowerCase();
  return env[lower]
    ? { variable: lower, value: env[lower] }
    : { variable: name, value: env[name] ?? '' };
}

/** What is wrong with the variables; null where nothing is. The value may hold a password. */
function proxyProblem(env: Env): string | null {
  const wrong = ['HTTPS_PROXY', 'HTTP_PROXY']
    .map((name) => named(env, name))
    .find(({ value }) => value !== '' && !(URL.canParse(value) && /^https?:/i.test(value)));
  if (wrong === undefined) return null;
  const shown = wrong.value.replace(/^.*@/, '[redacted]@');
  return `${wrong.variable} is not a URL: ${shown} (such as http://proxy.example:8080)`;
}

/** The proxy of a URL; what is encrypted goes through `HTTP_PROXY` where there is no `HTTPS_PROXY`. */
function proxyOf(env: Env, { protocol }: URL): Proxy | null {
  const names = protocol === 'https:' ? ['HTTPS_PROXY', 'HTTP_PROXY'] : ['HTTP_PROXY'];
  const found = names.map((name) => named(env, name)).find(({ value }) => value !== '');
  return found === undefined ? null : { variable: found.variable, url: new URL(found.value) };
}
