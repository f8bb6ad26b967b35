import type { IncomingMessage } from 'node:http';

/**
 * Headers as a function gets them: names in lower case, duplicates joined by a comma without a space,
 * empty values left out (the worker asks for that with `IgnoreEmptyValuedRpcHttpHeaders`).
 */
export function joinHeaders(rawHeaders: readonly string[]): readonly string[] {
  const joined: string[] = [];
  const positions = new Map<string, number>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    if (value === '') continue;
    const position = positions.get(name);
    if (position === undefined) {
      positions.set(name, joined.length + 1);
      joined.push(name, value);
    } else {
      joined[position] = `${joined[position]},${value}`;
    }
  }
  return joined;
}

/**
 * The query as ASP.NET Core's `QueryCollection` has it: keys compared without case (the first spelling
 * stays), the values of one key joined by commas.
 */
export function joinQuery(query: string): readonly string[] {
  if (query.length < 2) return [];
  const joined: string[] = [];
  const positions = new Map<string, number>();
  for (const part of query.slice(1).split('&')) {
    if (part === '') continue;
    const mark = part.indexOf('=');
    const name = decodeQuery(mark === -1 ? part : part.slice(0, mark));
    const value = mark === -1 ? '' : decodeQuery(part.slice(mark + 1));
    const key = name.toLowerCase();
    const position = positions.get(key);
    if (position === undefined) {
      positions.set(key, joined.length + 1);
      joined.push(name, value);
    } else {
      joined[position] = `${joined[position]},${value}`;
    }
  }
  return joined;
}

/** Route values or other fields as name, value, name, value. */
export function toPairs(values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).flat();
}

/** The caller's trace, by W3C Trace Context. */
export function traceOf(request: IncomingMessage): { traceParent?: string; traceState?: string } {
  const { traceparent, tracestate } = request.headers;
  if (
    typeof traceparent !== 'string' ||
    !/^00-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/.test(traceparent)
  ) {
    return {};
  }
  return typeof tracestate === 'string'
    ? { traceParent: traceparent, traceState: tracestate }
    : { traceParent: traceparent };
}

function decodeQuery(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text;
  // URLSearchParams decodes what is valid and keeps the rest, as ASP.NET Core does.
  const escaped = text.replaceAll('=', '%3D');
  return new URLSearchParams(`x=${escaped}`).get('x') ?? '';
}
