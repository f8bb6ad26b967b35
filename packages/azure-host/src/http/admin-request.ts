import type { IncomingMessage, ServerResponse } from 'node:http';
import { type HostContext, logSystem } from '../host-context.ts';
import { messageOf } from '../narrow.ts';
import { answerEmpty, answerText } from './answer.ts';

/** The admin API's own bodies are small. */
const bodyLimitBytes = 1024 * 1024;

/** A request to the admin API that may be answered. */
export interface AdminRequest {
  readonly context: HostContext;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  /** The segments after `/admin`. */
  readonly path: readonly string[];
}

/** Answers with a status alone. */
export function answerStatus({ request, response }: AdminRequest, status: number): void {
  request.resume();
  answerEmpty(response, status);
}

export function notFound(admin: AdminRequest): void {
  answerStatus(admin, 404);
}

/** Answers with 200, or another status, and JSON. */
export function answerJson(admin: AdminRequest, status: number, value: unknown): void {
  admin.request.resume();
  answerText(admin.response, status, 'application/json; charset=utf-8', JSON.stringify(value));
}

/** The body as text; empty when it is too long. */
export async function readText(admin: AdminRequest): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of admin.request) {
      if (!(chunk instanceof Buffer)) continue;
      size += chunk.length;
      if (size <= bodyLimitBytes) chunks.push(chunk);
    }
  } catch (error) {
    const message = `A request to the admin API was cut off: ${messageOf(error)}`;
    logSystem(admin.context, 'warning', message);
  }
  return size > bodyLimitBytes ? '' : Buffer.concat(chunks).toString('utf8').trim();
}

/** The value of a JSON text; `undefined` when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
