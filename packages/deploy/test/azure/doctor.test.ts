import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failed } from './failed.ts';
import { packageOf, planted, startWorld, target, type World } from './world.ts';

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

function differences(changed = target, deploymentPackage = first) {
  return world.cloud.differences(changed, deploymentPackage, world.context());
}

async function diagnosis(changed = target, more = {}): Promise<string[]> {
  const told: string[] = [];
  for await (const each of world.cloud.doctor(changed, world.context(more))) {
    told.push(
      `${each.state} ${each.name}: ${each.found}${each.mend === null ? '' : ` → ${each.mend}`}`,
    );
  }
  return told;
}

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
      { what: 'API_KEY', deployed: 'a value (not shown)', planned: 'another value (not shown)' },
      { what: 'NEW', deployed: null, planned: 'a value (not shown)' },
      { what: 'TRICLOUD_MEMORY_MIB', deployed: '512', planned: '2048' },
      { what: 'DB', deployed: 'a value (not shown)', planned: null },
      { what: 'deployment package', deployed: first.sha256, planned: second.sha256 },
    ]);
  });

  test('are the template, where another one made what looks the same', async () => {
    await deploy();
    const { tags } = world.azure.groups.get('shop-dev')!;
    const now = tags['tricloud-settings']!;
    tags['tricloud-settings'] = 'another';
    expect(await differences()).toEqual([{ what: 'template', deployed: 'another', planned: now }]);
    await deploy();
    expect(await differences()).toEqual([]);
  });

  test('are seen by the hash where the variables may not be read', async () => {
    await deploy();
    const changed = { ...target, environment: { GREETING: 'bye' } };
    const answer = { status: 403 };
    world.azure.faults.push({ method: 'POST', path: /appsettings\/list$/, answer, times: 2 });
    expect(await differences()).toEqual([]);
    expect(await differences(changed)).toMatchObject([{ what: 'template' }]);
  });

  test('are an error where the credentials are refused', async () => {
    world.entra.refuses = true;
    expect(await failed(differences())).toMatchObject({ name: 'CredentialsError' });
  });
});

describe('the doctor of Azure', () => {
  test('finds nothing wrong where nothing is', async () => {
    expect(await diagnosis()).toEqual([
      'good runtime: Node.js 24, supported until 2029-04-30',
      'good credentials: environment (AZURE_CLIENT_SECRET), a service principal, tenant 11111111-1111-4111-8111-111111111111',
      'good subscription: 00000000-0000-4000-8000-000000000000',
      'good clock: same as the provider’s',
      'good Microsoft.Web: Registered',
      'good Microsoft.Storage: Registered',
      'good Microsoft.OperationalInsights: Registered',
      'good Microsoft.Insights: Registered',
      'good region: eastus has Flex Consumption',
      'good runtime in the region: Node.js 24 in eastus',
      'good quota: up to 51200 MB of the 512000 MB that all apps of a region share, unless support has raised it',
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
      'bad clock: 599 s off → sudo timedatectl set-ntp true',
      'bad Microsoft.Web: NotRegistered → az provider register -n Microsoft.Web --subscription 00000000-0000-4000-8000-000000000000',
      'unknown Microsoft.Insights: AuthorizationFailed: Not you. (correlation id c0ffee00-0000-4000-8000-000000000000)',
      'bad region: eastus has no Flex Consumption, or not for this subscription → az functionapp list-flexconsumption-locations -o table',
      'bad runtime in the region: eastus has Node.js 20, 22, not 24 → az functionapp list-flexconsumption-runtimes -l eastus --runtime node',
      'warning quota: up to 4096000 MB of the 512000 MB that all apps of a region share, unless support has raised it → pass --max-instances 125',
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
