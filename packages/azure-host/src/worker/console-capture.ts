import { AsyncLocalStorage } from 'node:async_hooks';
import type { LogLevel } from '../host-types.ts';

/** Which invocation the running code belongs to. */
export interface InvocationIdentity {
  readonly id: string;
  readonly functionName: string;
}

/** The invocation that the running code belongs to, across every `await`. */
export const currentInvocation = new AsyncLocalStorage<InvocationIdentity>();

/** Receives a complete line that code of the app printed. */
export type WriteLine = (line: PrintedLine, invocation: InvocationIdentity | undefined) => void;

/** A complete line that the app printed. */
export interface PrintedLine {
  readonly stream: 'stdout' | 'stderr';
  readonly level: LogLevel;
  readonly text: string;
}

/**
 * Takes over what the app prints, so that every line carries its invocation. Lines are told apart by
 * invocation, because two that write at the same time must not be mixed into one.
 */
export function captureConsole(write: WriteLine): void {
  capture(process.stdout, (text, invocation) =>
    write({ stream: 'stdout', level: 'information', text }, invocation),
  );
  capture(process.stderr, (text, invocation) =>
    write({ stream: 'stderr', level: levelOfErrorLine(text), text }, invocation),
  );
}

/** Azure's host guesses the level of what a worker prints to stderr from its words (`WorkerProcess.cs`). */
function levelOfErrorLine(line: string): LogLevel {
  if (/warn/i.test(line)) return 'warning';
  return /error|fail|severe/i.test(line) ? 'error' : 'information';
}

function capture(
  stream: NodeJS.WriteStream,
  write: (text: string, invocation: InvocationIdentity | undefined) => void,
): void {
  const rests = new Map<InvocationIdentity | undefined, string>();
  const writeChunk = (chunk: unknown, encoding: unknown, callback: unknown): boolean => {
    const invocation = currentInvocation.getStore();
    const lines = ((rests.get(invocation) ?? '') + toText(chunk, encoding)).split('\n');
    const rest = lines.pop() ?? '';
    if (rest === '') rests.delete(invocation);
    else rests.set(invocation, rest);
    for (const line of lines) {
      write(line.endsWith('\r') ? line.slice(0, -1) : line, invocation);
    }
    const done = typeof encoding === 'function' ? encoding : callback;
    if (typeof done === 'function') process.nextTick(() => Reflect.apply(done, undefined, []));
    return true;
  };
  Object.defineProperty(stream, 'write', { value: writeChunk, configurable: true, writable: true });
  process.on('exit', () => {
    for (const [invocation, rest] of rests) write(rest, invocation);
    rests.clear();
  });
}

function toText(chunk: unknown, encoding: unknown): string {
  if (chunk instanceof Uint8Array) return Buffer.from(chunk).toString('utf8');
  const text = String(chunk);
  return encoding === 'hex' || encoding === 'base64'
    ? Buffer.from(text, encoding).toString('utf8')
    : text;
}
