import { buildAppInto } from '@tricloud/build';
import { cases, type ParityCase, type Place, runCases } from '@tricloud/parity';
import { lambdaInvoke, lambdaSend, type LambdaFunction } from '@tricloud/parity/drivers';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';

const outdir = await mkdtemp(join(tmpdir(), 'tricloud-aws-'));
afterAll(() => rm(outdir, { recursive: true }));

const appsDir = fileURLToPath(new URL('../..', import.meta.url));
const probe = fileURLToPath(import.meta.resolve('@tricloud/parity/probe'));
const bundles = { probe: await bundle('probe', probe), shipped: await bundle('shipped') };

describe.each([
  'http-api-2.0',
  'http-api-1.0',
  'rest',
  'function-url',
  'alb',
  'alb-multi-value',
] as const)('the bundle with the probe behind %s', (shape) => {
  const lambda = load(bundles.probe);
  const send = lambdaSend(lambda, shape);
  // Events by hand come through no front door: telling them once is enough.
  const invoke = shape === 'http-api-2.0' ? { invoke: lambdaInvoke(lambda) } : {};

  test.each(told('bundle', 'invoke' in invoke))('%s', async (_name, parityCase) => {
    const place = 'bundle';
    const [result] = await runCases({
      provider: 'aws',
      place,
      shape,
      send,
      ...invoke,
      cases: [parityCase],
    });
    expect(result).toMatchObject({ status: expect.toBeOneOf(['passed', 'impossible']) });
  });
});

describe('the bundle that is deployed', () => {
  const send = lambdaSend(load(bundles.shipped), 'http-api-2.0');

  test.each(told('deployed', false))('%s', async (_name, parityCase) => {
    const [result] = await runCases({
      provider: 'aws',
      place: 'deployed',
      send,
      cases: [parityCase],
    });
    expect(result).toMatchObject({ id: parityCase.id, status: 'passed' });
  });

  test('is small', async () => {
    const { byteLength } = gzipSync(await readFile(bundles.shipped), { level: 9 });
    expect(byteLength).toBeLessThanOrEqual(105_000);
  });

  test('has its source map beside it', async () => {
    expect(await readFile(bundles.shipped, 'utf8')).toContain('//# sourceMappingURL=index.mjs.map');
    const map: { sources: string[] } = JSON.parse(await readFile(`${bundles.shipped}.map`, 'utf8'));
    expect(map.sources.filter((source) => source.endsWith('aws-lambda/src/index.ts'))).toHaveLength(
      1,
    );
  });
});

/** Builds the app as it is deployed, perhaps with another function in place of ours. */
async function bundle(name: string, functionFile?: string): Promise<string> {
  const replacement = functionFile === undefined ? {} : { functionFile };
  await buildAppInto(join(outdir, name), { provider: 'aws', appsDir, ...replacement });
  return join(outdir, name, 'index.mjs');
}

/** Loads a bundle as Node does; an `import()` here would be transformed. */
function load(file: string): LambdaFunction {
  const { handler }: { handler: LambdaFunction } = createRequire(import.meta.url)(file);
  return handler;
}

function told(place: Place, isByEvent: boolean): [string, ParityCase][] {
  return cases
    .filter(({ where }) => where.includes(place))
    .filter((each) => each.kind === 'requests' || (isByEvent && each.provider === 'aws'))
    .map((each) => [`${each.id} ${each.title}`, each]);
}
