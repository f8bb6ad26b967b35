import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Surroundings } from '../cloud.ts';
import type { DeploymentFile } from './deployment-file.ts';

/** The files of the app that say what is deployed. */
const configuration = ['serverless.yml', 'plugin.cjs'] as const;

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

/** The bytes of the files that say what is deployed, for a fingerprint. */
export async function configurationOf(appDir: string): Promise<readonly Uint8Array[]> {
  return Promise.all(configuration.map((name) => readFile(join(appDir, name))));
}

/**
 * A folder of its own with everything that the framework reads, gone when `use` has ended: the framework writes
 * beside its configuration, and two runs in one folder would write over each other.
 */
export async function inServiceDir<T>(
  { appDir, cacheDir }: Pick<Surroundings, 'appDir' | 'cacheDir'>,
  file: DeploymentFile,
  archive: Uint8Array,
  use: (serviceDir: string) => Promise<T>,
): Promise<T> {
  await mkdir(cacheDir, { recursive: true });
  const dir = await mkdtemp(join(cacheDir, 'aws-'));
  try {
    await Promise.all([
      ...configuration.map((name) => copyFile(join(appDir, name), join(dir, name))),
      writeFile(join(dir, 'deployment.json'), JSON.stringify(file)),
      writeFile(join(dir, file.artifact), archive),
    ]);
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
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
