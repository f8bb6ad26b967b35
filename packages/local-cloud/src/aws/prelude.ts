import type { IncomingMessage } from 'node:http';
import type { HttpAnswer } from '../own-answer.ts';
import { isObject } from '../is-object.ts';
import { toHead } from './http-api-answer.ts';

/** Longest prelude that is accepted. */
const longest = 1024 * 1024;
const delimiter = Buffer.alloc(8);

/**
 * Status and headers of a streamed response, read from before its eight zero bytes; the rest stays in the
 * stream. Undefined when there is no prelude that can be understood.
 */
export async function readHead(
  body: IncomingMessage,
): Promise<Pick<HttpAnswer, 'status' | 'headers'> | undefined> {
  const contentType = body.headers['content-type'] ?? 'application/octet-stream';
  if (contentType !== 'application/vnd.awslambda.http-integration-response') {
    return { status: 200, headers: [['content-type', contentType]] };
  }
  const prelude = await readPrelude(body);
  if (prelude === undefined) return undefined;
  try {
    const metadata: unknown = JSON.parse(prelude.toString('utf8'));
    return isObject(metadata) ? toHead(metadata) : undefined;
  } catch {
    return undefined;
  }
}

function readPrelude(body: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    let read = Buffer.alloc(0);
    const settle = (prelude: Buffer | undefined) => {
      body.off('data', onData).off('end', onEnd).off('close', onEnd);
      body.pause();
      resolve(prelude);
    };
    const onEnd = () => settle(undefined);
    const onData = (chunk: Buffer) => {
      read = Buffer.concat([read, chunk]);
      const at = read.indexOf(delimiter);
      if (at === -1) return read.length > longest ? settle(undefined) : undefined;
      settle(read.subarray(0, at));
      const rest = read.subarray(at + delimiter.length);
      if (rest.length > 0) body.unshift(rest);
    };
    body.on('data', onData).on('end', onEnd).on('close', onEnd);
  });
}
