import { ProblemError } from './problem.ts';

/** A workload is a few hundred bytes, a usage document a few thousand; what is larger than this is neither. */
export const maxBodyBytes = 65_536;

/** Reads a request's body as JSON; throws `ProblemError` 413, 415 or 400. */
export async function readJson(request: Request): Promise<unknown> {
  refuseForeignContent(request.headers);
  const bytes = await readBytes(request);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
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

async function readBytes(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (request.body) {
    const reader = request.body.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      chunks.push(next.value);
      length += next.value.byteLength;
      if (length > maxBodyBytes) {
        await reader.cancel();
        throw tooLarge();
      }
    }
  }
  return concat(chunks, length);
}

function concat(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

function tooLarge(): ProblemError {
  return new ProblemError(413, {
    detail: `The body is larger than ${maxBodyBytes} bytes, the most that is read.`,
  });
}
