import * as v from 'valibot';

/** A request that got no answer: the service, its name or the proxy before it cannot be reached. */
export class TransportError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = new.target.name;
  }
}

/** The proxy that a request goes through. */
export interface Proxy {
  /** Variable of the environment that names it. */
  readonly variable: string;
  readonly url: URL;
}

/** What undici and Node say of a connection that failed. */
const Cause = v.object({
  code: v.fallback(v.string(), ''),
  hostname: v.fallback(v.nullable(v.string()), null),
  port: v.fallback(v.nullable(v.number()), null),
});

/** Why `fetch` got no answer from a URL. The proxy is the one of the URL, whether or not it was used. */
export function toTransportError(error: unknown, url: URL, proxy: Proxy | null): TransportError {
  const cause = causeOf(error);
  const answered = /^Proxy response \((\d+)\)/.exec(cause instanceof Error ? cause.message : '');
  if (proxy !== null && answered !== null) {
    return new TransportError(`${proxy.variable} answered ${answered[1]}`, error);
  }
  const said = readCause(cause);
  const isOfProxy = proxy !== null && isAt(proxy.url, said) && !isAt(url, said);
  const at = isOfProxy ? proxy.url : url;
  const prefix = isOfProxy ? `${proxy.variable} ` : '';
  switch (said.code) {
    case 'ECONNREFUSED': {
      return new TransportError(`${prefix}${at.host} refuses connections`, error);
    }
    case 'ENOTFOUND': {
      return new TransportError(`${prefix}host ${at.hostname} not found`, error);
    }
    default: {
      return new TransportError(`${prefix}${at.host}: ${transportProblem(error)}`, error);
    }
  }
}

/** Why a request got no answer, the code first. Undici says `fetch failed`; the cause says why. */
export function transportProblem(error: unknown): string {
  const cause = causeOf(error);
  if (!(cause instanceof Error)) return String(cause);
  const { code } = readCause(cause);
  const isSaid = code === '' || cause.message.includes(code);
  return isSaid ? cause.message : [code, cause.message].filter((part) => part !== '').join(': ');
}

/** The first cause: undici wraps the refusal of a proxy twice. */
function causeOf(error: unknown): unknown {
  const isFirst = !(error instanceof Error && error.cause instanceof Error);
  return isFirst || error instanceof TransportError ? error : causeOf(error.cause);
}

/** A name with several addresses gives an error for each of them. */
function readCause(cause: unknown): v.InferOutput<typeof Cause> {
  return v.parse(Cause, cause instanceof AggregateError ? (cause.errors[0] ?? cause) : cause);
}

/** A name that was not found is compared by itself; an address only by its port: Node does not say the name. */
function isAt({ hostname, port, protocol }: URL, said: v.InferOutput<typeof Cause>): boolean {
  if (said.hostname !== null) return said.hostname === hostname;
  return said.port === Number(port || (protocol === 'https:' ? 443 : 80));
}
