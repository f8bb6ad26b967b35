import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The workspace's root folder. */
export const root = join(import.meta.dirname, '..', '..', '..');

const command = join(root, 'node_modules', '.bin', 'tricloud');

/** How a command line is run. */
export interface Running {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Runs the installed command to its end. */
export async function tricloud(args: readonly string[], running: Running = {}) {
  const child = start(args, running);
  const [stdout, stderr] = [gather(child.stdout), gather(child.stderr)];
  child.stdin?.end(running.input ?? '');
  const [code, signal] = await once(child, 'exit');
  return { code, signal, stdout: await stdout, stderr: await stderr };
}

/** Starts the installed command; the caller stops it. */
export function start(args: readonly string[], { cwd = root, env = {} }: Running = {}) {
  // Only what a shell on any machine sets, so that no variable of this one decides a test.
  const { PATH, HOME } = process.env;
  return spawn(command, args, {
    cwd,
    env: { PATH, HOME, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Collects lines until one satisfies; rejects when the output ends before. */
export async function linesUntil(
  child: ChildProcess,
  isEnough: (lines: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const lines: string[] = [];
  if (child.stdout === null) throw new Error('no output to read');
  const reader = createInterface({ input: child.stdout });
  for await (const line of reader) {
    lines.push(line);
    if (isEnough(lines)) {
      child.stdout.resume();
      return lines;
    }
  }
  throw new Error(`the output ended with:\n${lines.join('\n')}`);
}

async function gather(stream: AsyncIterable<unknown>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
