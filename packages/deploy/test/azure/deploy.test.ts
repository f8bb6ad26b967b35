import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failed } from './failed.ts';
import { archiveOf, group, planted, startWorld, target, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const first = archiveOf('first');
const second = archiveOf('second');
const template = /deployments\/tricloud$/;

/** What was written, by its kind. */
function written(): string[] {
  return world.azure.received.flatMap(({ method, path }) => {
    if (method === 'GET' || method === 'HEAD' || path.endsWith('/list')) return [];
    if (path.endsWith('/tags/default')) return [`${method} tags`];
    if (template.test(path)) return [`${method} template`];
    if (path.endsWith(`/${group}`)) return [`${method} group`];
    if (path.startsWith('/blob/')) return [`${method} archive`];
    return [`${method} ${path.split('/').at(-1)}`];
  });
}

describe('a deployment to Azure', () => {
  test('makes the group, the template and the app, and tells where it is', async () => {
    const { azure, cloud } = world;
    expect(await cloud.deploy(target, first, world.surroundings())).toEqual({
      isChanged: true,
      url: azure.url,
      noUrlBecause: null,
    });
    expect(azure.groups.get(group)).toMatchObject({
      location: 'eastus',
      tags: { tricloud: group, 'tricloud-archive': first.sha256 },
    });
    expect(azure.published).toEqual([first.sha256]);
    expect([...azure.blobs]).toEqual([[`releases/${first.sha256}.zip`, Buffer.from(first.bytes)]]);
    expect(azure.settings).toMatchObject({ GREETING: 'hello', API_KEY: planted.value });
    expect(written()).toEqual([
      'PUT group',
      'PATCH tags',
      'PUT template',
      'PATCH tags',
      'PUT archive',
      'PATCH tags',
      'POST publish',
      'PATCH tags',
    ]);
  });

  test('tells how far it is, by the names of the resources', async () => {
    world.azure.deploymentPolls = 4;
    await world.cloud.deploy(target, first, world.surroundings());
    expect(world.steps.map(({ name, state }) => `${name}: ${state}`)).toEqual(
      expect.arrayContaining([
        'create the resource group: done',
        'deploy the template: going',
        'deploy the template: done',
        'keep the archive for a rollback: done',
        'publish the archive: done',
      ]),
    );
    const going = world.steps.find(
      ({ name, state }) => name === 'deploy the template' && state === 'going',
    );
    expect(going?.detail).toMatch(/^2 of 13 resources: .*shop-dev-plan/);
  });

  test('sends nothing the second time', async () => {
    await world.cloud.deploy(target, first, world.surroundings());
    world.azure.received.length = 0;
    world.steps.length = 0;
    expect(await world.cloud.deploy(target, first, world.surroundings())).toMatchObject({
      isChanged: false,
      url: world.azure.url,
    });
    expect(written()).toEqual([]);
    expect(world.steps.map(({ state }) => state)).toEqual(['skipped', 'skipped', 'skipped']);
  });

  test('publishes alone where nothing but the archive is another', async () => {
    await world.cloud.deploy(target, first, world.surroundings());
    world.azure.received.length = 0;
    await world.cloud.deploy(target, second, world.surroundings());
    expect(written()).toEqual(['PUT archive', 'PATCH tags', 'POST publish', 'PATCH tags']);
    expect(world.azure.groups.get(group)?.tags).toMatchObject({
      'tricloud-archive': second.sha256,
      'tricloud-previous': first.sha256,
    });
  });

  test('deploys the template alone where the archive is the same', async () => {
    await world.cloud.deploy(target, first, world.surroundings());
    world.azure.received.length = 0;
    const larger = { ...target, memoryMiB: 4096 };
    expect(await world.cloud.deploy(larger, first, world.surroundings())).toMatchObject({
      isChanged: true,
    });
    expect(written()).toEqual(['PATCH tags', 'PUT template', 'PATCH tags']);
  });

  test('makes the app anew where somebody removed it by hand', async () => {
    await world.cloud.deploy(target, first, world.surroundings());
    const found = world.azure.groups.get(group);
    found!.resources = found!.resources.filter(({ type }) => type !== 'Microsoft.Web/sites');
    await world.cloud.deploy(target, first, world.surroundings());
    expect(found!.resources.map(({ type }) => type)).toContain('Microsoft.Web/sites');
    expect(world.azure.published).toEqual([first.sha256, first.sha256]);
  });

  test('waits for a role that was given a moment ago, at the container and at the app', async () => {
    const refusal = {
      status: 403,
      headers: { 'x-ms-error-code': 'AuthorizationPermissionMismatch' },
    };
    world.azure.faults.push({ method: 'PUT', path: /^\/blob\//, answer: refusal, times: 3 });
    const inaccessible = {
      status: 3,
      status_text:
        'InaccessibleStorageException: Failed to access storage account for deployment: Response status code does not indicate success: 403.',
    };
    world.azure.publications.push({ status: 1, status_text: '' }, inaccessible);
    await world.cloud.deploy(target, first, world.surroundings());
    expect(world.azure.published).toEqual([first.sha256, first.sha256]);
  });

  test('gives whoever deploys here for the first time the role on the container', async () => {
    await world.cloud.deploy(target, first, world.surroundings());
    world.azure.received.length = 0;
    const refusal = {
      status: 403,
      headers: { 'x-ms-error-code': 'AuthorizationPermissionMismatch' },
    };
    world.azure.faults.push({ method: 'PUT', path: /^\/blob\//, answer: refusal });
    await world.cloud.deploy(target, second, world.surroundings());
    expect(written()).toEqual([
      'PUT archive',
      'PUT template',
      'PUT archive',
      'PATCH tags',
      'POST publish',
      'PATCH tags',
    ]);
  });

  test('waits until the name of a new app’s deployment site is known', async () => {
    world.azure.faults.push({ method: 'POST', path: /publish$/, answer: 'drop', times: 9 });
    await world.cloud.deploy(target, first, world.surroundings());
    expect(world.azure.published).toEqual([first.sha256]);
  });

  test('waits until the deployment site of a new app has started', async () => {
    const starting = { status: 503, headers: { 'retry-after': '0' } };
    world.azure.faults.push(
      { method: 'POST', path: /publish$/, answer: starting, times: 5 },
      { method: 'POST', path: /publish$/, answer: { status: 409 }, times: 1 },
      { method: 'GET', path: /publication-1$/, answer: { status: 404 } },
    );
    await world.cloud.deploy(target, first, world.surroundings());
    expect(world.azure.published).toEqual([first.sha256]);
  });

  test('tells no address where the app cannot be asked', async () => {
    world.azure.siteHost = 'shop-dev-x.azurewebsites.net';
    expect(await world.cloud.deploy(target, first, world.surroundings())).toEqual({
      isChanged: true,
      url: null,
      noUrlBecause: `Azure stands at ${world.azure.url}, where the app’s own host shop-dev-x.azurewebsites.net cannot be asked`,
    });
  });
});

describe('a deployment to Azure that is in the way of another', () => {
  test('says so, and changes nothing', async () => {
    await world.cloud.deploy(target, first, world.surroundings());
    world.azure.groups.get(group)!.deployment!.state = 'Running';
    world.azure.received.length = 0;
    const error = await failed(world.cloud.deploy(target, second, world.surroundings()));
    expect(error).toMatchObject({
      name: 'DeploymentInProgressError',
      message: `a deployment into the resource group ${group} is under way; wait until it is done`,
      hint: 'tricloud status azure',
    });
    expect(written()).toEqual([]);
  });

  test('is recognised where both began at once', async () => {
    const active = {
      status: 409,
      body: {
        error: {
          code: 'DeploymentActive',
          message:
            "Unable to edit or replace deployment 'tricloud': previous deployment from '11/22/2026' is still active.",
        },
      },
    };
    world.azure.faults.push({ method: 'PUT', path: template, answer: active });
    expect(await failed(world.cloud.deploy(target, first, world.surroundings()))).toMatchObject({
      name: 'DeploymentInProgressError',
      message: expect.stringContaining('is still active'),
    });
  });

  test('is recognised at the publication', async () => {
    world.azure.faults.push({
      method: 'POST',
      path: /publish$/,
      answer: { status: 409 },
      times: 99,
    });
    expect(await failed(world.cloud.deploy(target, first, world.surroundings()))).toMatchObject({
      name: 'DeploymentInProgressError',
    });
  });

  test('touches no group that is not from here', async () => {
    const theirs = {
      location: 'eastus',
      tags: {},
      state: 'Succeeded',
      resources: [],
      deployment: null,
      site: null,
      polls: 1,
    };
    world.azure.groups.set(group, theirs);
    const { cloud } = world;
    const works = [
      cloud.deploy(target, first, world.surroundings()),
      cloud.removals(target, world.surroundings()),
      cloud.remove(target, world.surroundings()),
      cloud.rollback(target, world.surroundings()),
    ];
    for (const work of works) {
      expect(await failed(work)).toMatchObject({
        message: `the resource group ${group} is not from here: it has no tag tricloud=${group}. It is left as it is.`,
      });
    }
    expect(written()).toEqual([]);
  });

  test('does not move a group to another region', async () => {
    await world.cloud.deploy(target, first, world.surroundings());
    const moved = { ...target, region: 'westeurope' };
    expect(await failed(world.cloud.deploy(moved, first, world.surroundings()))).toMatchObject({
      message: `the resource group ${group} is in eastus, and a group cannot move to westeurope`,
    });
  });

  test('creates nothing in a region without Flex Consumption', async () => {
    const elsewhere = { ...target, region: 'uksouth' };
    const answer = { status: 403, body: { error: { code: 'Forbidden', message: 'Not you.' } } };
    world.azure.faults.push({ method: 'GET', path: new RegExp(`${group}$`), answer });
    expect(await failed(world.cloud.deploy(elsewhere, first, world.surroundings()))).toMatchObject({
      message: expect.stringContaining('Forbidden: Not you.'),
      hint: 'tricloud deploy azure --name shop --stage dev --region azure=uksouth',
    });
    expect(await failed(world.cloud.deploy(elsewhere, first, world.surroundings()))).toMatchObject({
      message: expect.stringContaining('nothing was created'),
    });
    expect(written()).toEqual([]);
  });
});

describe('a deployment to Azure that is interrupted', () => {
  test.each([
    ['at the template', 'deploy the template', ['PUT template', 'POST cancel']],
    ['at the publication', 'publish the archive', ['POST publish']],
  ])('%s says what is there, and the next run goes on', async (_where, step, done) => {
    world.azure.deploymentPolls = 5;
    world.azure.publications.push(
      ...Array.from({ length: 5 }, () => ({ status: 1, status_text: '' })),
    );
    const controller = new AbortController();
    const interrupted = world.cloud.deploy(
      target,
      first,
      world.surroundings({
        signal: controller.signal,
        onStep: ({ name, state }) => {
          if (name === step && state !== 'done') setTimeout(() => controller.abort(), 5);
        },
      }),
    );
    // Whoever interrupts does it while Azure works.
    world.azure.faults.push(
      {
        method: 'GET',
        path: /operationStatuses/,
        answer: step.includes('template') ? 'hang' : { status: 500 },
      },
      { method: 'GET', path: /publication-1/, answer: 'hang' },
    );
    const error = await failed(interrupted);
    expect(error).toMatchObject({
      name: 'InterruptedError',
      leftBehind: expect.arrayContaining([`resource group ${group}`]),
      hint: 'tricloud deploy azure --name shop --stage dev',
    });
    expect(written()).toEqual(expect.arrayContaining(done));

    world.azure.faults.length = 0;
    world.azure.publications.length = 0;
    expect(await world.cloud.deploy(target, first, world.surroundings())).toMatchObject({
      isChanged: true,
    });
    expect(world.azure.groups.get(group)?.tags['tricloud-archive']).toBe(first.sha256);
    world.azure.received.length = 0;
    await world.cloud.deploy(target, first, world.surroundings());
    expect(written()).toEqual([]);
  });

  test('can be removed', async () => {
    const controller = new AbortController();
    world.azure.faults.push({ method: 'GET', path: /operationStatuses/, answer: 'hang' });
    await failed(
      world.cloud.deploy(
        target,
        first,
        world.surroundings({
          signal: controller.signal,
          onStep: ({ name }) => {
            if (name === 'deploy the template') setTimeout(() => controller.abort(), 20);
          },
        }),
      ),
    );
    await world.cloud.remove(target, world.surroundings());
    expect(world.azure.groups.size).toBe(0);
  });
});

describe('what Azure refuses', () => {
  test('is told in the words of the innermost error, with what is left behind', async () => {
    world.azure.deploymentPolls = 30;
    world.azure.deploymentError = {
      code: 'ResourceDeploymentFailure',
      message: 'The resource write operation failed to complete successfully.',
      details: [
        {
          code: 'BadRequest',
          message: JSON.stringify({
            error: {
              code: 'SubscriptionIsOverQuotaForSku',
              message: 'This region has quota of 0 instances for your subscription.',
            },
          }),
        },
      ],
    };
    const error = await failed(world.cloud.deploy(target, first, world.surroundings()));
    expect(error).toMatchObject({
      name: 'DeployError',
      message:
        'Azure would not deploy: Microsoft.Web/sites ' +
        `${world.azure.groups.get(group)?.deployment?.resources.find(({ type }) => type === 'Microsoft.Web/sites')?.name}: ` +
        'This region has quota of 0 instances for your subscription. (SubscriptionIsOverQuotaForSku) ' +
        '(correlation id deadbeef-0000-4000-8000-000000000000)',
      leftBehind: [
        `resource group ${group}`,
        expect.stringMatching(/^Microsoft\.Storage\/storageAccounts st/),
      ],
      hint: 'tricloud deploy azure --name shop --stage dev',
    });

    world.azure.deploymentError = null;
    expect(await world.cloud.deploy(target, first, world.surroundings())).toMatchObject({
      isChanged: true,
    });
  });

  test('in a change leaves what was there as it was, for all to see', async () => {
    const { cloud, azure } = world;
    await cloud.deploy(target, first, world.surroundings());
    await cloud.deploy(target, second, world.surroundings());
    azure.deploymentError = {
      code: 'RoleAssignmentUpdateNotPermitted',
      message: 'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
    };
    const larger = { ...target, memoryMiB: 4096 };
    expect(await failed(cloud.deploy(larger, second, world.surroundings()))).toMatchObject({
      hint: 'tricloud remove azure, and then tricloud deploy azure --name shop --stage dev',
    });
    expect(await cloud.status(target, world.surroundings())).toMatchObject({
      isDeployed: true,
      state: 'Failed',
      archiveSha256: second.sha256,
    });
    await cloud.rollback(target, world.surroundings());
    expect(azure.published.at(-1)).toBe(first.sha256);

    azure.deploymentError = null;
    await cloud.deploy(target, first, world.surroundings());
    expect(azure.published).toHaveLength(3);
  });

  test('at the publication is told, and the next run publishes again', async () => {
    world.azure.publications.push({ status: 3, status_text: 'The package has no host.json.' });
    expect(await failed(world.cloud.deploy(target, first, world.surroundings()))).toMatchObject({
      message: 'Azure did not publish the archive: The package has no host.json.',
    });
    expect(world.azure.groups.get(group)?.tags['tricloud-archive']).toBe('changing');
    await world.cloud.deploy(target, first, world.surroundings());
    expect(world.azure.groups.get(group)?.tags['tricloud-archive']).toBe(first.sha256);
  });

  test.each([
    {
      why: 'whoever is signed in may not',
      fault: {
        status: 403,
        body: {
          error: {
            code: 'AuthorizationFailed',
            message:
              "The client 'x' with object id '22222222' does not have authorization to perform action 'Microsoft.Resources/subscriptions/resourcegroups/write' over scope '/subscriptions/s' or the scope is invalid.",
          },
        },
      },
      told: {
        name: 'DeployError',
        message: expect.stringContaining(
          "'Microsoft.Resources/subscriptions/resourcegroups/write'",
        ),
        hint: expect.stringMatching(
          /^az role assignment create --role "Contributor" --assignee-object-id 22222222 /,
        ),
      },
    },
    {
      why: 'the token is not taken',
      fault: {
        status: 401,
        body: {
          error: { code: 'ExpiredAuthenticationToken', message: 'The access token expiry.' },
        },
      },
      told: { name: 'CredentialsError', hint: 'az login' },
    },
    {
      why: 'the name is taken',
      fault: {
        status: 409,
        body: { error: { code: 'InvalidResourceGroupLocation', message: 'Elsewhere.' } },
      },
      told: {
        name: 'DeployError',
        message:
          'Azure would not deploy: InvalidResourceGroupLocation: Elsewhere. (correlation id c0ffee00-0000-4000-8000-000000000000)',
      },
    },
    {
      why: 'a resource provider is not registered',
      fault: {
        status: 409,
        body: {
          error: {
            code: 'MissingSubscriptionRegistration',
            message: "The subscription is not registered to use namespace 'Microsoft.Storage'.",
          },
        },
      },
      told: {
        name: 'DeployError',
        hint: expect.stringMatching(/^az provider register -n Microsoft\.Storage /),
      },
    },
  ])('is told where $why', async ({ fault, told }) => {
    world.azure.faults.push({
      method: 'PUT',
      path: new RegExp(`${group}$`),
      answer: fault,
      times: 9,
    });
    expect(await failed(world.cloud.deploy(target, first, world.surroundings()))).toMatchObject(
      told,
    );
  });

  test.each([
    { why: 'too many requests', answer: { status: 429, headers: { 'retry-after': '0' } } },
    { why: 'a fault inside Azure', answer: { status: 500 } },
    { why: 'a dropped connection', answer: 'drop' as const },
  ])('is asked again after $why, at every request', async ({ answer }) => {
    const methods = ['GET', 'PUT', 'PATCH', 'POST'];
    for (const method of methods) world.azure.faults.push({ method, path: /./, answer, times: 2 });
    world.azure.faults.push({ method: 'GET', path: /operationStatuses/, answer, times: 2 });
    world.azure.faults.push({ method: 'GET', path: /publication-1/, answer, times: 2 });
    expect(await world.cloud.deploy(target, first, world.surroundings())).toMatchObject({
      isChanged: true,
    });
    expect(world.azure.faults).toEqual([]);
  });

  test.each([
    { why: 'a fault inside Azure', answer: { status: 500 } },
    { why: 'a busy server', answer: { status: 503 } },
    { why: 'a dropped connection', answer: 'drop' as const },
  ])('is asked again after $why, at the container', async ({ answer }) => {
    world.azure.faults.push({ method: 'PUT', path: /^\/blob\//, answer, times: 2 });
    await world.cloud.deploy(target, first, world.surroundings());
    expect(world.azure.blobs.size).toBe(1);
  });

  test.each([
    [401, 'CredentialsError', 'az login'],
    [403, 'DeployError', 'tricloud deploy azure --name shop --stage dev'],
    [400, 'DeployError', 'tricloud deploy azure --name shop --stage dev'],
  ])('at the deployment site with %i is told', async (status, name, hint) => {
    const answer = { status, body: { Message: 'The site does not want it.' } };
    world.azure.faults.push({ method: 'POST', path: /publish$/, answer });
    expect(await failed(world.cloud.deploy(target, first, world.surroundings()))).toMatchObject({
      name,
      message: `Azure would not deploy: The site does not want it. (HTTP ${status} of ${world.azure.host})`,
      hint,
    });
    await world.cloud.deploy(target, first, world.surroundings());
    expect(world.azure.published).toEqual([first.sha256]);
  });

  test('for good is told as it is', async () => {
    const answer = {
      status: 500,
      body: { error: { code: 'InternalServerError', message: 'Sorry.' } },
    };
    world.azure.faults.push({ method: 'PUT', path: template, answer, times: 9 });
    expect(await failed(world.cloud.deploy(target, first, world.surroundings()))).toMatchObject({
      message: expect.stringContaining('InternalServerError: Sorry.'),
      leftBehind: [`resource group ${group}`],
    });
  });
});

describe('Azure that does not come to an end', () => {
  test.each([
    ['an answer', { requestMs: 40, operationMs: 10_000 }],
    ['a deployment', { requestMs: 10_000, operationMs: 60 }],
  ])('is not waited for forever: %s', async (_what, pace) => {
    const { azure } = world;
    azure.faults.push({ method: 'GET', path: /operationStatuses/, answer: 'hang', times: 99 });
    const error = await failed(world.impatient(pace).deploy(target, first, world.surroundings()));
    expect(error).toMatchObject({
      name: 'DeployError',
      message: expect.stringContaining('not done in time'),
      hint: 'tricloud status azure',
    });
  });
});

describe('secrets', () => {
  test('turn up in nothing that is told', async () => {
    const { cloud, azure, entra } = world;
    const told: unknown[] = [];
    const surroundings = world.surroundings({ onStep: (step) => told.push(step) });
    told.push(await cloud.plan(target, first, surroundings));
    told.push(await cloud.differences(target, first, surroundings));
    told.push(await cloud.deploy(target, first, surroundings));
    told.push(await cloud.differences({ ...target, environment: {} }, second, surroundings));
    told.push(await cloud.status(target, surroundings));
    for await (const check of cloud.checks(target, surroundings)) told.push(check);
    const talkative = {
      status: 400,
      body: {
        error: {
          code: 'InvalidTemplate',
          message: `API_KEY ${planted.value}, Bearer ${entra.tokens[0]}, ${planted.clientSecret}`,
        },
      },
    };
    azure.faults.push({ method: 'PUT', path: template, answer: talkative });
    const error = await failed(cloud.deploy({ ...target, memoryMiB: 2048 }, second, surroundings));
    told.push(error, error.message, error.cause, error.leftBehind, error.hint);
    entra.refuses = true;
    told.push(await failed(cloud.status(target, surroundings)));
    const text = `${JSON.stringify(told)}${inspect(told, { depth: 20, showHidden: true })}`;
    expect(text).toContain('[redacted]');
    for (const secret of [planted.value, planted.clientSecret, ...entra.tokens]) {
      expect(text).not.toContain(secret);
    }
  });
});
