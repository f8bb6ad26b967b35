import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpAnswer } from '../own-answer.ts';
import { readHead } from './prelude.ts';

/** Writes a complete answer, without a body where HTTP has none. */
export function writeAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: HttpAnswer,
): void {
  if (response.destroyed || response.headersSent) return;
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
  if (answer.status === 204 || answer.status === 304) {
    response.end();
    return;
  }
  const isHead = request.method === 'HEAD';
  // RFC 9110, 9.3.2: HEAD has the length that GET would have, or none.
  const length = isHead ? answer.body.length || answer.declaredLength : answer.body.length;
  if (length !== undefined) response.setHeader('content-length', length);
  response.end(isHead ? undefined : answer.body);
}

/** Passes a streamed response on as it comes; undefined when its prelude is invalid. */
export async function passStream(
  response: ServerResponse,
  body: IncomingMessage,
): Promise<{ readonly status: number; readonly bytesOut: number } | undefined> {
  const head = await readHead(body);
  if (head === undefined) {
    body.resume();
    return undefined;
  }
  response.statusCode = head.status;
  for (const [name, value] of head.headers) response.appendHeader(name, value);
  response.flushHeaders();
  let bytesOut = 0;
  body.on('data', (chunk: Buffer) => {
    bytesOut += chunk.length;
    if (response.destroyed || response.write(chunk)) return;
    body.pause();
    response.once('drain', () => body.resume());
  });
  response.once('close', () => body.resume());
  body.resume();
  await new Promise<void>((resolve) => {
    body.once('end', resolve).once('close', resolve);
  });
  const hasFailed = body.trailers['lambda-runtime-function-error-type'] !== undefined;
  // After the headers only a cut connection can say that the rest is missing.
  if (hasFailed || !body.complete) response.destroy();
  else response.end();
  return { status: head.status, bytesOut };
}
