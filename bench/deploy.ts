import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Figure, median, toFigure } from './figure.ts';

const root = join(import.meta.dirname, '..');
const workload = join(root, 'examples', 'workloads', 'shop-api.json');
const runs = 5;

const archives = {
  aws: { name: 'AWS', must: 120, aim: 80 },
  google: { name: 'Google', must: 128, aim: 80 },
  azure: { name: 'Azure', must: 170, aim: 100 },
} as const;

interface Planned {
  readonly cloud: keyof typeof archives;
  readonly deploymentPackage: { readonly size: number };
}

/** A plan of all three clouds as the first command after an install, and the archives that it shows. */
export async function deployFigures(): Promise<readonly Figure[]> {
  const seconds: number[] = [];
  let told = '';
  for (let i = 0; i < runs; i += 1) {
    const start = performance.now();
    told = await coldPlan();
    seconds.push((performance.now() - start) / 1000);
  }
  const plans: readonly Planned[] = JSON.parse(told);
  return [
    toFigure({
      figure: 'tricloud plan aws google azure --workload, nothing built yet, no account',
      value: median(seconds),
      must: 5,
      aim: 2.5,
      unit: 's',
      digits: 2,
      note: `median of ${runs}`,
    }),
    ...plans.map(({ cloud, deploymentPackage }) => {
      const { name, must, aim } = archives[cloud];
      return toFigure({
        figure: `deploymentPackage that is uploaded: ${name}`,
        value: deploymentPackage.size / 1000,
        must,
        aim,
        unit: 'kB',
        digits: 1,
      });
    }),
  ];
}

/** What a shell on any machine sets, and no account. */
async function coldPlan(): Promise<string> {
  const { PATH } = process.env;
  const script = join(import.meta.dirname, 'cold-plan.mjs');
  const args = [script, 'plan', 'aws', 'google', 'azure', '--workload', workload, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: root,
    env: { PATH, HOME: join(root, 'node_modules', '.cache', 'no-home') },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}
