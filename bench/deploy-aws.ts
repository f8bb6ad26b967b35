import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { noMotoBecause, startMoto } from '@tricloud/deploy/emulator';
import { endingWithThis } from './ending.ts';
import { type Figure, median, toFigure } from './figure.ts';

const root = join(import.meta.dirname, '..');
const appDir = join(root, 'apps', 'aws-lambda');
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);
const runs = 3;

/** Time of a first deployment to an emulator, beside that of the Serverless Framework alone. */
export async function deployAwsFigures(): Promise<readonly Figure[]> {
  const bounds = {
    figure: 'a first deploy aws to an emulator, without the smoke test',
    must: 4,
    aim: 2.5,
    unit: 's',
    digits: 1,
  };
  if (noMotoBecause !== null) {
    return [toFigure({ ...bounds, value: null, note: 'moto_server is not on the PATH' })];
  }
  const home = await mkdtemp(join(tmpdir(), 'tricloud-bench-aws-'));
  const moto = await startMoto(endingWithThis);
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))),
    HOME: home,
    AWS_ENDPOINT_URL: moto.url,
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
  };
  const ours = () => run(bin('tricloud'), ['deploy', 'aws', '--yes'], root, env);
  const alone = () => run(bin('serverless'), ['deploy'], appDir, env);
  const remove = () => run(bin('tricloud'), ['remove', 'aws', '--yes'], root, env);
  try {
    const seconds: { ours: number[]; alone: number[] } = { ours: [], alone: [] };
    // The first of each lets the emulator load its services, and both commands build what they keep.
    for (let i = 0; i <= runs; i += 1) {
      for (const [name, deploy] of [
        ['alone', alone],
        ['ours', ours],
      ] as const) {
        const taken = await deploy();
        if (i > 0) seconds[name].push(taken);
        await remove();
      }
    }
    const [tricloud, framework] = [median(seconds.ours), median(seconds.alone)];
    return [
      toFigure({
        ...bounds,
        value: tricloud,
        note: `moto_server; medians of ${runs}; serverless deploy alone: ${framework.toFixed(1)} s`,
      }),
    ];
  } finally {
    await moto.stop();
    await rm(join(appDir, '.serverless'), { recursive: true, force: true });
    await rm(home, { recursive: true, force: true });
  }
}

async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const start = performance.now();
  const child = endingWithThis(
    spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }),
  );
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await once(child, 'exit');
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) {
    throw new Error(
      `${command} ${args.join(' ')} ended with ${code}: ${(await said).join('').trim()}`,
    );
  }
  return seconds;
}
