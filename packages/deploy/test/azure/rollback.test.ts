import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failed } from './failed.ts';
import { packageOf, command, group, startWorld, target, type World } from './world.ts';

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

describe('a rollback on Azure', () => {
  test('publishes the deploymentPackage before this one, and another the one after it again', async () => {
    await deploy(first);
    await deploy(second);
    expect(await world.cloud.rollback(target, world.context())).toEqual({
      isChanged: true,
      id: null,
      url: world.azure.url,
      noUrlBecause: null,
    });
    await world.cloud.rollback(target, world.context());
    expect(world.azure.published).toEqual([
      first.sha256,
      second.sha256,
      first.sha256,
      second.sha256,
    ]);
    expect(world.azure.groups.get(group)?.tags).toMatchObject({
      'tricloud-archive': second.sha256,
      'tricloud-previous': first.sha256,
    });
  });

  test('goes back to the last one that ran where the newest never did', async () => {
    await deploy(first);
    world.azure.publications.push({ status: 3, status_text: 'Broken.' });
    await failed(deploy(second));
    await world.cloud.rollback(target, world.context());
    expect(world.azure.published.at(-1)).toBe(first.sha256);
  });

  test('deploys no deployment package that somebody changed', async () => {
    await deploy(first);
    await deploy(second);
    world.azure.blobs.set(`releases/${first.sha256}.zip`, Buffer.from('something else'));
    expect(await failed(world.cloud.rollback(target, world.context()))).toMatchObject({
      name: 'DeployError',
      message: expect.stringContaining('was changed: its hash is different. It is not published.'),
    });
    expect(world.azure.published).toEqual([first.sha256, second.sha256]);
  });

  test.each([
    ['nothing is deployed', 0, 'nothing is deployed as shop-dev in eastus'],
    [
      'there is one deploymentPackage alone',
      1,
      'shop-dev has no previous deployment to roll back to: it is the first',
    ],
  ])('is refused where %s', async (_why, deployments, message) => {
    if (deployments > 0) await deploy(first);
    expect(await failed(world.cloud.rollback(target, world.context()))).toMatchObject({
      name: 'NothingDeployedError',
      message,
      hint: command('deploy'),
    });
  });
});

describe('a removal on Azure', () => {
  test('names everything first, and leaves nothing', async () => {
    await deploy();
    expect(await world.cloud.removals(target, world.context())).toEqual([
      expect.stringMatching(/^Microsoft\.Storage\/storageAccounts st/),
      'Microsoft.OperationalInsights/workspaces shop-dev-logs',
      'Microsoft.Insights/components shop-dev-insights',
      'Microsoft.Web/serverfarms shop-dev-plan',
      expect.stringMatching(/^Microsoft\.Web\/sites shop-dev-/),
      'Microsoft.Resources/resourceGroups shop-dev',
    ]);
    world.azure.received.length = 0;
    await world.cloud.remove(target, world.context());
    expect(world.azure.groups.size).toBe(0);
    expect(world.written()).toEqual(['DELETE shop-dev-logs', 'DELETE group']);
  });

  test('of what is not there is done', async () => {
    expect(await world.cloud.removals(target, world.context())).toEqual([]);
    await world.cloud.remove(target, world.context());
    expect(world.steps).toEqual([{ name: 'remove', state: 'skipped', detail: 'nothing is there' }]);
  });

  test('takes what Azure put beside the log, but nothing of somebody else', async () => {
    await deploy();
    const { resources } = world.azure.groups.get(group)!;
    const add = (type: string, name: string) =>
      resources.push({ id: `/somewhere/${name}`, type, name, tags: { tricloud: 'other' } });
    add('microsoft.insights/actiongroups', 'Application Insights Smart Detection');
    add('microsoft.alertsmanagement/smartDetectorAlertRules', 'Failure Anomalies');
    expect(await world.cloud.removals(target, world.context())).toHaveLength(8);

    add('Microsoft.KeyVault/vaults', 'my-vault');
    const refusal = {
      name: 'DeployError',
      message:
        'the resource group shop-dev has resources that tricloud did not make, and that would be removed with it:\n  Microsoft.KeyVault/vaults my-vault',
    };
    expect(await failed(world.cloud.removals(target, world.context()))).toMatchObject(refusal);
    expect(await failed(world.cloud.remove(target, world.context()))).toMatchObject(refusal);
    expect(world.azure.received.some(({ method }) => method === 'DELETE')).toBe(false);
  });

  test('that Azure refuses says what is still there', async () => {
    await deploy();
    const locked = {
      status: 409,
      body: {
        error: { code: 'ScopeLocked', message: 'The scope cannot perform delete: it is locked.' },
      },
    };
    world.azure.faults.push({ method: 'DELETE', path: /./, answer: locked });
    expect(await failed(world.cloud.remove(target, world.context()))).toMatchObject({
      message: expect.stringContaining('ScopeLocked: The scope cannot perform delete'),
      leftBehind: expect.arrayContaining(['resource group shop-dev']),
      hint: command('remove'),
    });
  });
});
