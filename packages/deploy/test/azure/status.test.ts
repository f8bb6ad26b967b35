import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failed } from './failed.ts';
import { packageOf, group, startWorld, target, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const first = packageOf('first');
const second = packageOf('second');

function deploy(deploymentPackage = first, changed = target) {
  return world.cloud.deploy(changed, deploymentPackage, world.context());
}

async function lines(follow: boolean, most: number, sinceMs = 0): Promise<string[]> {
  const controller = new AbortController();
  const context = world.context({ signal: controller.signal });
  const found: string[] = [];
  for await (const { at, text } of world.cloud.logs(target, { sinceMs, follow }, context)) {
    found.push(`${at} ${text}`);
    if (found.length >= most) controller.abort();
  }
  return found;
}

describe('the status of Azure', () => {
  test('is nothing where nothing is', async () => {
    expect(await world.cloud.status(target, world.context())).toEqual({
      isDeployed: false,
      state: null,
      isBusy: false,
      url: null,
      noUrlBecause: null,
      changedAt: null,
      packageSha256: null,
      previousPackageSha256: null,
      facts: [],
    });
  });

  test('is what Azure says', async () => {
    await deploy(first);
    await deploy(second);
    expect(await world.cloud.status(target, world.context())).toEqual({
      isDeployed: true,
      state: 'Succeeded',
      isBusy: false,
      url: world.azure.url,
      noUrlBecause: null,
      changedAt: expect.stringMatching(/^2026-11-22T12:/),
      packageSha256: second.sha256,
      previousPackageSha256: first.sha256,
      facts: [
        { name: 'resource group', value: 'shop-dev' },
        { name: 'region', value: 'eastus' },
        { name: 'app', value: expect.stringMatching(/^shop-dev-/) },
        { name: 'app state', value: 'Running' },
        { name: 'runtime', value: 'node 24' },
        { name: 'memory', value: '512 MiB' },
        { name: 'concurrency', value: '8' },
        { name: 'max instances', value: '100' },
        { name: 'app identity', value: '33333333-3333-4333-8333-333333333333' },
        { name: 'deployment', value: 'Succeeded' },
        { name: 'subscription', value: '00000000-0000-4000-8000-000000000000' },
      ],
    });
  });

  test('says that somebody is at work', async () => {
    await deploy();
    world.azure.groups.get(group)!.deployment!.state = 'Running';
    expect(await world.cloud.status(target, world.context())).toMatchObject({ isBusy: true });
  });
});

describe('the log of Azure', () => {
  test('is what came in since then, in the order in which it came in', async () => {
    await deploy();
    world.azure.logRows.push(
      ['2026-11-22T10:00:00Z', 'old', '2026-11-22T10:01:00Z'],
      ['2026-11-22T11:00:01Z', 'started', '2026-11-22T11:01:00Z'],
      ['2026-11-22T11:00:02.5Z', 'GET 200 in 12 ms', '2026-11-22T11:02:00Z'],
    );
    expect(await lines(false, 9, Date.parse('2026-11-22T11:00:00Z'))).toEqual([
      '2026-11-22T11:00:01.000Z started',
      '2026-11-22T11:00:02.500Z GET 200 in 12 ms',
    ]);
  });

  test('is followed until the signal, each line once, a late one too', async () => {
    await deploy();
    world.azure.logRows.push(['2026-11-22T11:00:05Z', 'first', '2026-11-22T11:01:00Z']);
    const followed = lines(true, 2);
    await expect
      .poll(() => world.azure.received.filter(({ path }) => path.endsWith('/api/query')).length)
      .toBeGreaterThan(2);
    world.azure.logRows.push(['2026-11-22T11:00:01Z', 'late', '2026-11-22T11:03:00Z']);
    expect(await followed).toEqual([
      '2026-11-22T11:00:05.000Z first',
      '2026-11-22T11:00:01.000Z late',
    ]);
  });

  test('is told to be refused in Azure’s words', async () => {
    await deploy();
    const answer = {
      status: 403,
      body: {
        error: {
          code: 'InsufficientAccessError',
          message: 'The provided credentials have insufficient access.',
        },
      },
    };
    world.azure.faults.push({ method: 'POST', path: /api\/query$/, answer });
    expect(await failed(lines(false, 1))).toMatchObject({
      name: 'DeployError',
      message: expect.stringContaining('insufficient access'),
    });
  });

  test('is of nothing where nothing is deployed', async () => {
    expect(await failed(lines(false, 1))).toMatchObject({ name: 'NothingDeployedError' });
  });
});
