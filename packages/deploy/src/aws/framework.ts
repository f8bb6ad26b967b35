import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** How a run of the Serverless Framework ended. */
export interface FrameworkRun {
  /** Null where a signal ended it. */
  readonly code: number | null;
  /** What it wrote, colours taken off. */
  readonly said: string;
}

export interface FrameworkOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** A step that our plugin tells of: `create`, `upload`, `update` or `clean`. */
  readonly onStep?: (step: string) => void;
}

/** Runs the app's own Serverless Framework; an abort lets it end itself, and after five seconds ends it. */
export async function runFramework(
  appDir: string,
  serviceDir: string,
  args: readonly string[],
  { env, signal, onStep }: FrameworkOptions,
): Promise<FrameworkRun> {
  const bin = createRequire(join(appDir, 'package.json')).resolve('serverless/bin/serverless.js');
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: serviceDir,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let said = '';
  const hear = (chunk: unknown) => void (said += String(chunk));
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  child.on('message', (message) => {
    if (typeof message !== 'object' || message === null || !('step' in message)) return;
    onStep?.(String(message.step));
  });
  let kill: NodeJS.Timeout | undefined;
  const stop = () => {
    child.kill('SIGTERM');
    kill = setTimeout(() => child.kill('SIGKILL'), 5000);
  };
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, said: stripVTControlCharacters(said) }));
    });
  } finally {
    clearTimeout(kill);
    signal.removeEventListener('abort', stop);
  }
}

/** What the framework says went wrong, without what it says around it. */
export function complaintOf({ said, code }: FrameworkRun): string {
  const [, complaint = said] = /(?:^|\n)Error:\s*\n?([\s\S]*)$/.exec(said) ?? [];
  const lines = complaint
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(?:View the full error|Environment:|Docs:|at )/.test(line));
  return lines.slice(0, 8).join(' ') || `the Serverless Framework ended with ${code ?? 'a signal'}`;
}
