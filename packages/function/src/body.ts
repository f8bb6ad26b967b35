import { InvalidInputError, type PriceLists } from '@tricloud/core';
import { priceLists } from '@tricloud/core/price-lists';
import { ProblemError } from './problem.ts';

/** A workload is a few hundred bytes, a usage document a few thousand; a larger body is neither. */
export const maxBodyBytes = 65_536;

/** Reads a request's body as JSON and parses it; throws `ProblemError` 422 with everything that is wrong with it. */
export async function parseJsonBody<T>(
  request: Request,
  what: string,
  parse: (input: unknown, prices: PriceLists) => T,
): Promise<T> {
  const input = await readJson(request);
  try {
    return parse(input, priceLists);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const detail = `The body is JSON but no ${what}.`;
    throw new ProblemError(422, { detail, faults: error.faults });
  }
}

/**
 * Reads a request's body as JSON; throws `ProblemError` 413, 415 or 400. Hono's `bodyLimit` would leave a stream that
 * is too long open, and its validator takes `application/json` alone and says nothing of what is wrong.
 */
export async function readJson(request: Request): Promise<unknown> {
  refuseForeignContent(request.headers);
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) throw tooLarge();
  try {
    return JSON.parse(await readText(request.body));
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError(400, {
      detail: `The body is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
    });
  }
}

function refuseForeignContent(headers: Headers): void {
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';');
  if (!isJsonType(type.trim())) {
    throw new ProblemError(415, {
      detail: `The body is ${type.trim()}; send application/json.`,
      headers: { accept: 'application/json' },
    });
  }
  const charset = parameters
    .map((each) => /^\s*charset\s*=\s*"?([^\s"]*)/u.exec(each)?.[1])
    .find(Boolean);
  if (charset !== undefined && !['utf-8', 'utf8', 'us-ascii'].includes(charset)) {
    throw new ProblemError(415, { detail: `The body's charset is ${charset}; send UTF-8.` });
  }
  const encoding = (headers.get('content-encoding') ?? 'identity').toLowerCase();
  if (encoding !== 'identity') {
    throw new ProblemError(415, {
      detail: `The body's content coding is ${encoding}; send it as it is.`,
      headers: { 'accept-encoding': 'identity' },
    });
  }
}

/** `fetch` calls every string text/plain, and a client that names no type leaves it to us (RFC 9110, 8.3). */
function isJsonType(type: string): boolean {
  return (
    ['', 'application/json', 'text/json', 'text/plain'].includes(type) || type.endsWith('+json')
  );
}

async function readText(body: Request['body']): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  // Leaving the loop cancels the stream.
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > maxBodyBytes) throw tooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function tooLarge(): ProblemError {
  return new ProblemError(413, {
    detail: `The body is larger than ${maxBodyBytes} bytes, the most that is read.`,
  });
}
