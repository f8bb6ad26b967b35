import { EnvHttpProxyAgent, fetch as undiciFetch } from 'undici';

type Env = Readonly<Record<string, string | undefined>>;

export type Fetch = typeof undiciFetch;

// An emulator on this machine is never behind a proxy.
const loopback = ['localhost', '.localhost', '127.0.0.1', '[::1]'];

/**
 * A `fetch` that goes through the proxy which the environment names: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in
 * either case. Every request of every cloud uses it, those of the providers' SDKs included. `NODE_EXTRA_CA_CERTS` is
 * read by Node itself.
 */
export function createFetch(env: Env): Fetch {
  const dispatcher = new EnvHttpProxyAgent(proxySettings(env));
  return (input, init) => undiciFetch(input, { ...init, dispatcher });
}

function proxySettings(env: Env) {
  const named = (name: string) => env[name.toLowerCase()] || env[name] || '';
  const direct = named('NO_PROXY').trim();
  return {
    httpProxy: named('HTTP_PROXY'),
    httpsProxy: named('HTTPS_PROXY'),
    // `*` stands alone.
    noProxy: direct === '*' ? '*' : [direct, ...loopback].join(','),
  };
}
