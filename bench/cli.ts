import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { endingWithThis } from './ending.ts';
import { type Figure, median, toFigure } from './figure.ts';
import { proportionalSetSizeMB } from './process-tree.ts';

const command = join(import.meta.dirname, '..', 'node_modules', '.bin', 'tricloud');
const freePorts = ['console', 'aws', 'google', 'azure'].flatMap((name) => [`--port-${name}`, '0']);
const mostMs = 30_000;
const settledMs = 2000;

/** What the command line takes: until it helps, until all three runtimes answer, and in memory. */
export async function cliFigures(): Promise<readonly Figure[]> {
  // The first run builds; what is measured starts from built state.
  await run(['--help']);
  const help: number[] = [];
  for (let i = 0; i < 9; i += 1) help.push(await run(['--help']));

  await startDev();
  const starts = [];
  for (let i = 0; i < 5; i += 1) starts.push(await startDev());
  const sizes = starts.flatMap(({ megabytes }) => (megabytes === null ? [] : [megabytes]));
  return [
    toFigure({
      figure: 'all three answering, from built state, as node_modules/.bin/tricloud dev',
      value: median(starts.map(({ seconds }) => seconds)),
      must: 2,
      aim: 1,
      unit: 's',
      digits: 2,
      note: 'median of 5, a 200 from each',
    }),
    toFigure({
      figure: 'tricloud --help, second run',
      value: median(help) / 1000,
      must: 0.3,
      aim: 0.15,
      unit: 's',
      digits: 3,
      note: 'median of 9',
    }),
    toFigure({
      figure: 'memory of tricloud dev, sum over its processes (PSS)',
      value: sizes.length === 0 ? null : median(sizes),
      must: 500,
      aim: 300,
      unit: 'MB',
      note:
        sizes.length === 0
          ? 'no /proc/*/smaps_rollup here'
          : `with those that stand by and esbuild, ${settledMs / 1000} s after a request to each`,
    }),
  ];
}

async function run(args: readonly string[]): Promise<number> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: 'ignore', timeout: mostMs });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`tricloud ${args.join(' ')} ended with ${code}`);
  return performance.now() - start;
}

/** Seconds from the start of the process to a 200 from the last of three, and its memory after. */
async function startDev(): Promise<{ seconds: number; megabytes: number | null }> {
  const start = performance.now();
  const child = endingWithThis(
    spawn(command, ['dev', ...freePorts], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NO_COLOR: '1' },
    }),
  );
  const exit = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), mostMs);
  try {
    await allAnswer(child);
    const seconds = (performance.now() - start) / 1000;
    // Processes that stand by for the next reload are started only now.
    await sleep(settledMs);
    return { seconds, megabytes: await proportionalSetSizeMB(child.pid) };
  } finally {
    child.kill('SIGTERM');
    await exit;
    clearTimeout(timer);
  }
}

async function allAnswer({ stdout }: ChildProcess): Promise<void> {
  if (stdout === null) throw new Error('tricloud dev has no output');
  const answers: Promise<void>[] = [];
  for await (const line of createInterface({ input: stdout })) {
    const [, url] = /^ready \w+ (http\S+)$/.exec(line) ?? [];
    if (url !== undefined) answers.push(answersOk(url));
    if (answers.length === 3) break;
  }
  if (answers.length < 3) throw new Error('tricloud dev ended before the third runtime was ready');
  stdout.resume();
  await Promise.all(answers);
}

async function answersOk(url: string): Promise<void> {
  const response = await fetch(`${url}/healthz`, { headers: { connection: 'close' } });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`${url}/healthz answered ${response.status}`);
}
