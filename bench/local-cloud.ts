import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { endingWithThis } from './ending.ts';
import { type Figure, median, toFigure } from './figure.ts';

const command = join(import.meta.dirname, '..', 'node_modules', '.bin', 'tricloud');
const freePorts = ['console', 'aws', 'google', 'azure'].flatMap((name) => [`--port-${name}`, '0']);
const rounds = 9;
const mostMs = 20_000;
/** Between two saves: a person types in between, and what the last reload left to do is done. */
const pauseMs = 1200;

/** From saving a source file to the new answer, through `tricloud dev` as it is installed. */
export async function localCloudFigures(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tricloud-bench-'));
  const functionFile = join(folder, 'function.ts');
  await writeFile(functionFile, source('0'));
  const child = endingWithThis(
    spawn(command, ['dev', '--function', functionFile, ...freePorts], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NO_COLOR: '1' },
    }),
  );
  const exit = once(child, 'exit');
  try {
    const urls = await readyUrls(child);
    const times = new Map<string, number[]>(urls.map(([provider]) => [provider, []]));
    const slowest: number[] = [];
    // The first round is not counted: esbuild has built nothing twice yet.
    for (let round = 0; round <= rounds; round += 1) {
      await sleep(pauseMs);
      const version = `version ${round + 1}`;
      const savedAt = performance.now();
      await writeFile(functionFile, source(version));
      const taken = await Promise.all(
        urls.map(async ([provider, url]) => {
          await untilAnswering(url, version);
          return { provider, ms: performance.now() - savedAt };
        }),
      );
      if (round === 0) continue;
      for (const { provider, ms } of taken) times.get(provider)?.push(ms);
      slowest.push(Math.max(...taken.map(({ ms }) => ms)));
    }
    const each = [...times].map(([provider, ms]) => `${provider} ${median(ms).toFixed(0)}`);
    return [
      toFigure({
        figure: 'from saving a source file to the new answer',
        value: median(slowest) / 1000,
        must: 0.5,
        aim: 0.2,
        unit: 's',
        digits: 3,
        note: `the last of three, median of ${rounds}; ${each.join(', ')} ms`,
      }),
    ];
  } finally {
    child.kill('SIGTERM');
    await exit;
    await rm(folder, { recursive: true });
  }
}

function source(version: string): string {
  return `export const handler = () => new Response('${version}');\n`;
}

async function readyUrls(child: ChildProcess): Promise<readonly (readonly [string, string])[]> {
  if (child.stdout === null) throw new Error('tricloud dev has no output');
  const urls: (readonly [string, string])[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const [, provider, url] = /^ready (\w+) (http\S+)$/.exec(line) ?? [];
    if (provider !== undefined && url !== undefined) urls.push([provider, url]);
    if (urls.length === 3) break;
  }
  if (urls.length < 3) throw new Error('tricloud dev ended before the third runtime was ready');
  child.stdout.resume();
  return urls;
}

async function untilAnswering(url: string, version: string): Promise<void> {
  const givenUpAt = performance.now() + mostMs;
  while ((await (await fetch(url)).text()) !== version) {
    if (performance.now() > givenUpAt) throw new Error(`${url} never answered ${version}`);
    await sleep(2);
  }
}
