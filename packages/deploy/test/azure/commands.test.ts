import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failed } from './failed.ts';
import { archiveOf, command, group, planted, startWorld, target, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const first = archiveOf('first');
const second = archiveOf('second');

function deploy(archive = first, changed = target) {
  return world.cloud.deploy(changed, archive, world.surroundings());
}

async function lines(follow: boolean, most: number, sinceMs = 0): Promise<string[]> {
  const controller = new AbortController();
  const surroundings = world.surroundings({ signal: controller.signal });
  const found: string[] = [];
  for await (const { at, text } of world.cloud.logs(target, { sinceMs, follow }, surroundings)) {
    found.push(`${at} ${text}`);
    if (found.length >= most) controller.abort();
  }
  return found;
}

function differences(changed = target, archive = first) {
  return world.cloud.differences(changed, archive, world.surroundings());
}

async function diagnosis(changed = target, more = {}): Promise<string[]> {
  const told: string[] = [];
  for await (const each of world.cloud.checks(changed, world.surroundings(more))) {
    told.push(
      `${each.state} ${each.name}: ${each.found}${each.mend === null ? '' : ` → ${each.mend}`}`,
    );
  }
  return told;
}

describe('a rollback on Azure', () => {
  test('publishes the archive before this one, and another the one after it again', async () => {
    await deploy(first);
    await deploy(second);
    expect(await world.cloud.rollback(target, world.surroundings())).toEqual({
      isChanged: true,
      url: world.azure.url,
      noUrlBecause: null,
    });
    await world.cloud.rollback(target, world.surroundings());
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
    await world.cloud.rollback(target, world.surroundings());
    expect(world.azure.published.at(-1)).toBe(first.sha256);
  });

  test('deploys no archive that somebody changed', async () => {
    await deploy(first);
    await deploy(second);
    world.azure.blobs.set(`releases/${first.sha256}.zip`, Buffer.from('something else'));
    expect(await failed(world.cloud.rollback(target, world.surroundings()))).toMatchObject({
      name: 'DeployError',
      message: expect.stringContaining('was changed: its hash is another. It is not deployed.'),
    });
    expect(world.azure.published).toEqual([first.sha256, second.sha256]);
  });

  test.each([
    ['nothing is deployed', 0, 'nothing is deployed as shop-dev'],
    ['there is one archive alone', 1, 'there is no archive before this one to go back to'],
  ])('is refused where %s', async (_why, deployments, message) => {
    if (deployments > 0) await deploy(first);
    expect(await failed(world.cloud.rollback(target, world.surroundings()))).toMatchObject({
      name: 'NothingDeployedError',
      message,
      hint: command('deploy'),
    });
  });
});

describe('a removal on Azure', () => {
  test('names everything first, and leaves nothing', async () => {
    await deploy();
    expect(await world.cloud.removals(target, world.surroundings())).toEqual([
      expect.stringMatching(/^Microsoft\.Storage\/storageAccounts st/),
      'Microsoft.OperationalInsights/workspaces shop-dev-logs',
      'Microsoft.Insights/components shop-dev-insights',
      'Microsoft.Web/serverfarms shop-dev-plan',
      expect.stringMatching(/^Microsoft\.Web\/sites shop-dev-/),
      'Microsoft.Resources/resourceGroups shop-dev',
    ]);
    await world.cloud.remove(target, world.surroundings());
    expect(world.azure.groups.size).toBe(0);
  });

  test('of what is not there is done', async () => {
    expect(await world.cloud.removals(target, world.surroundings())).toEqual([]);
    await world.cloud.remove(target, world.surroundings());
    expect(world.steps).toEqual([
      { name: 'remove the resource group', state: 'skipped', detail: 'it is not there' },
    ]);
  });

  test('takes what Azure put beside the log, but nothing of somebody else', async () => {
    await deploy();
    const { resources } = world.azure.groups.get(group)!;
    const add = (type: string, name: string) =>
      resources.push({ id: `/somewhere/${name}`, type, name, tags: { tricloud: 'other' } });
    add('microsoft.insights/actiongroups', 'Application Insights Smart Detection');
    add('microsoft.alertsmanagement/smartDetectorAlertRules', 'Failure Anomalies');
    expect(await world.cloud.removals(target, world.surroundings())).toHaveLength(8);

    add('Microsoft.KeyVault/vaults', 'my-vault');
    const refusal = {
      name: 'DeployError',
      message:
        'in the resource group shop-dev stands what is not from here, and would go with it:\n  Microsoft.KeyVault/vaults my-vault',
    };
    expect(await failed(world.cloud.removals(target, world.surroundings()))).toMatchObject(refusal);
    expect(await failed(world.cloud.remove(target, world.surroundings()))).toMatchObject(refusal);
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
    expect(await failed(world.cloud.remove(target, world.surroundings()))).toMatchObject({
      message: expect.stringContaining('ScopeLocked: The scope cannot perform delete'),
      leftBehind: expect.arrayContaining(['resource group shop-dev']),
      hint: command('remove'),
    });
  });
});

describe('the status of Azure', () => {
  test('is nothing where nothing is', async () => {
    expect(await world.cloud.status(target, world.surroundings())).toEqual({
      isDeployed: false,
      state: null,
      isBusy: false,
      url: null,
      changedAt: null,
      archiveSha256: null,
      previousArchiveSha256: null,
      facts: [],
    });
  });

  test('is what Azure says', async () => {
    await deploy(first);
    await deploy(second);
    expect(await world.cloud.status(target, world.surroundings())).toEqual({
      isDeployed: true,
      state: 'Succeeded',
      isBusy: false,
      url: world.azure.url,
      changedAt: '2026-11-22T12:00:00.000Z',
      archiveSha256: second.sha256,
      previousArchiveSha256: first.sha256,
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
    expect(await world.cloud.status(target, world.surroundings())).toMatchObject({ isBusy: true });
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

describe('the differences on Azure', () => {
  test('are everything where nothing is', async () => {
    const found = await differences();
    expect(found).toHaveLength(14);
    expect(found?.every(({ deployed }) => deployed === null)).toBe(true);
    expect(found?.[0]).toEqual({
      what: 'Microsoft.Resources/resourceGroups',
      deployed: null,
      planned: 'shop-dev',
    });
  });

  test('are none after the deployment', async () => {
    await deploy();
    expect(await differences()).toEqual([]);
  });

  test('are what is another, variables by name alone', async () => {
    await deploy();
    const changed = {
      ...target,
      memoryMiB: 2048,
      concurrency: 16,
      maxInstances: 7,
      environment: { GREETING: 'hello', API_KEY: `${planted.value}!`, NEW: 'x' },
      secrets: {},
    };
    expect(await differences(changed, second)).toEqual([
      { what: 'memory', deployed: '512', planned: '2048' },
      { what: 'concurrency', deployed: '8', planned: '16' },
      { what: 'max instances', deployed: '100', planned: '7' },
      { what: 'API_KEY', deployed: 'another value (not shown)', planned: 'a value (not shown)' },
      { what: 'NEW', deployed: null, planned: 'a value (not shown)' },
      { what: 'TRICLOUD_MEMORY_MIB', deployed: '512', planned: '2048' },
      { what: 'DB', deployed: 'a value (not shown)', planned: null },
      { what: 'archive', deployed: first.sha256, planned: second.sha256 },
    ]);
  });

  test('cannot be told without credentials', async () => {
    world.entra.refuses = true;
    expect(await differences()).toBeNull();
  });
});

describe('the doctor of Azure', () => {
  test('finds nothing wrong where nothing is', async () => {
    expect(await diagnosis()).toEqual([
      'good runtime: Node.js 24, supported until 2029-04-30',
      'good credentials: environment (AZURE_CLIENT_SECRET), a service principal, tenant 11111111-1111-4111-8111-111111111111',
      'good subscription: 00000000-0000-4000-8000-000000000000',
      'good clock: as Azure’s',
      'good Microsoft.Web: Registered',
      'good Microsoft.Storage: Registered',
      'good Microsoft.OperationalInsights: Registered',
      'good Microsoft.Insights: Registered',
      'good region: Flex Consumption is in eastus',
      'good runtime there: Node.js 24 in eastus',
      'good quota: 51200 MB at most of the 512000 MB that all apps of a region share unless support has raised it',
    ]);
  });

  test('says what is wrong, and what mends it', async () => {
    const { azure } = world;
    azure.unregistered.add('Microsoft.Web');
    azure.flexRegions = ['West Europe'];
    azure.nodeVersions = ['20', '22'];
    const late = { status: 200, body: {}, headers: { date: 'Sun, 22 Nov 2026 11:50:00 GMT' } };
    azure.faults.push({ method: 'GET', path: /^\/subscriptions\/[^/]+$/, answer: late });
    const answer = {
      status: 403,
      body: { error: { code: 'AuthorizationFailed', message: 'Not you.' } },
    };
    azure.faults.push({ method: 'GET', path: /Microsoft\.Insights$/, answer });
    const told = await diagnosis({ ...target, memoryMiB: 4096, maxInstances: 1000 });
    expect(told.filter((line) => !line.startsWith('good'))).toEqual([
      'bad clock: 599 s from Azure’s → sudo timedatectl set-ntp true',
      'bad Microsoft.Web: NotRegistered → az provider register -n Microsoft.Web --subscription 00000000-0000-4000-8000-000000000000',
      'unknown Microsoft.Insights: Not you.',
      'bad region: Flex Consumption is not in eastus, or not for this subscription → az functionapp list-flexconsumption-locations -o table',
      'bad runtime there: eastus has Node.js 20, 22, not 24 → az functionapp list-flexconsumption-runtimes -l eastus --runtime node',
      'warning quota: 4096000 MB at most of the 512000 MB that all apps of a region share unless support has raised it → --max-instances 125',
    ]);
  });

  test('ends at the credentials where there are none', async () => {
    world.entra.refuses = true;
    expect(await diagnosis()).toEqual([
      'good runtime: Node.js 24, supported until 2029-04-30',
      expect.stringMatching(
        /^bad credentials: environment \(AZURE_CLIENT_SECRET\) was refused: .*AADSTS7000215/,
      ),
    ]);
  });
});
