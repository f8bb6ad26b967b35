import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failed } from './failed.ts';
import {
  packageOf,
  command,
  retry,
  group,
  planted,
  startWorld,
  target,
  type World,
} from './world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const first = packageOf('first');
const second = packageOf('second');
const template = /deployments\/tricloud$/;

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
    const error = await failed(world.cloud.deploy(target, first, world.context()));
    expect(error).toMatchObject({
      name: 'DeployError',
      message:
        'could not deploy the template: Microsoft.Web/sites ' +
        `${world.azure.groups.get(group)?.deployment?.resources.find(({ type }) => type === 'Microsoft.Web/sites')?.name}: ` +
        'This region has quota of 0 instances for your subscription. (SubscriptionIsOverQuotaForSku) ' +
        '(correlation id deadbeef-0000-4000-8000-000000000000)',
      leftBehind: [
        `resource group ${group}`,
        expect.stringMatching(/^Microsoft\.Storage\/storageAccounts st/),
      ],
      ...retry,
    });

    world.azure.deploymentError = null;
    expect(await world.cloud.deploy(target, first, world.context())).toMatchObject({
      isChanged: true,
    });
  });

  test('in a change leaves what was there as it was, for all to see', async () => {
    const { cloud, azure } = world;
    await cloud.deploy(target, first, world.context());
    await cloud.deploy(target, second, world.context());
    azure.deploymentError = {
      code: 'RoleAssignmentUpdateNotPermitted',
      message: 'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
    };
    const larger = { ...target, memoryMiB: 4096 };
    expect(await failed(cloud.deploy(larger, second, world.context()))).toMatchObject({
      hint: command('remove'),
    });
    expect(await cloud.status(target, world.context())).toMatchObject({
      isDeployed: true,
      state: 'Failed',
      packageSha256: second.sha256,
    });
    await cloud.rollback(target, world.context());
    expect(azure.published.at(-1)).toBe(first.sha256);

    azure.deploymentError = null;
    await cloud.deploy(target, first, world.context());
    expect(azure.published).toHaveLength(3);
  });

  test('at the publication is told, and the next run publishes again', async () => {
    world.azure.publications.push({ status: 3, status_text: 'The package has no host.json.' });
    expect(await failed(world.cloud.deploy(target, first, world.context()))).toMatchObject({
      message: 'could not publish the deployment package: The package has no host.json.',
      leftBehind: expect.arrayContaining([`resource group ${group}`]),
      ...retry,
    });
    expect(world.azure.groups.get(group)?.tags['tricloud-archive']).toBe('changing');
    await world.cloud.deploy(target, first, world.context());
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
          'could not create the resource group: InvalidResourceGroupLocation: Elsewhere. (correlation id c0ffee00-0000-4000-8000-000000000000)',
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
    expect(await failed(world.cloud.deploy(target, first, world.context()))).toMatchObject(told);
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
    expect(await world.cloud.deploy(target, first, world.context())).toMatchObject({
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
    await world.cloud.deploy(target, first, world.context());
    expect(world.azure.blobs.size).toBe(1);
  });

  test.each([
    [401, 'CredentialsError', 'az login'],
    [403, 'DeployError', command('deploy')],
    [400, 'DeployError', command('deploy')],
  ])('at the deployment site with %i is told', async (status, name, hint) => {
    const answer = { status, body: { Message: 'The site does not want it.' } };
    world.azure.faults.push({ method: 'POST', path: /publish$/, answer });
    expect(await failed(world.cloud.deploy(target, first, world.context()))).toMatchObject({
      name,
      message:
        'could not publish the deployment package: The site does not want it. (correlation id c0ffee00-0000-4000-8000-000000000000)',
      hint,
    });
    await world.cloud.deploy(target, first, world.context());
    expect(world.azure.published).toEqual([first.sha256]);
  });

  test('for good is told as it is', async () => {
    const answer = {
      status: 500,
      body: { error: { code: 'InternalServerError', message: 'Sorry.' } },
    };
    world.azure.faults.push({ method: 'PUT', path: template, answer, times: 9 });
    expect(await failed(world.cloud.deploy(target, first, world.context()))).toMatchObject({
      message: expect.stringContaining('InternalServerError: Sorry.'),
      leftBehind: [`resource group ${group}`],
    });
  });
});

describe('Azure that does not come to an end', () => {
  test('is not waited for forever: a request', async () => {
    const hanging = { path: /operationStatuses/, answer: 'hang', times: 99 } as const;
    world.azure.faults.push({ method: 'GET', ...hanging });
    const cloud = world.impatient({ requestMs: 40 });
    expect(await failed(cloud.deploy(target, first, world.context()))).toMatchObject({
      name: 'DeployError',
      message: `could not deploy the template: ${world.azure.host}: no answer within 0.04 s`,
      ...retry,
    });
  });

  test('is not waited for forever: a deployment, which is cancelled', async () => {
    world.azure.deploymentPolls = Infinity;
    const cloud = world.impatient({ operationMs: 120_000 });
    expect(await failed(cloud.deploy(target, first, world.context()))).toMatchObject({
      name: 'DeployError',
      message: 'could not deploy the template: not done after 2 minutes',
      hint: command('status'),
    });
    expect(world.written().at(-1)).toBe('POST cancel');
  });
});

describe('a token', () => {
  test('is not sent in plain text to where an answer points', async () => {
    const headers = { 'azure-asyncoperation': 'http://elsewhere.example/operations/1' };
    world.azure.faults.push({ method: 'PUT', path: template, answer: { status: 201, headers } });
    expect(await failed(world.cloud.deploy(target, first, world.context()))).toMatchObject({
      message: 'could not deploy the template: no token is sent to elsewhere.example in plain text',
    });
  });
});

describe('secrets', () => {
  test('turn up in nothing that is told', async () => {
    const { cloud, azure, entra } = world;
    const told: unknown[] = [];
    const context = world.context({ onStep: (step) => told.push(step) });
    told.push(await cloud.plan(target, first, context));
    told.push(await cloud.differences(target, first, context));
    told.push(await cloud.deploy(target, first, context));
    told.push(await cloud.differences({ ...target, environment: {} }, second, context));
    told.push(await cloud.status(target, context));
    for await (const check of cloud.doctor(target, context)) told.push(check);
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
    const error = await failed(cloud.deploy({ ...target, memoryMiB: 2048 }, second, context));
    told.push(error, error.message, error.cause, error.leftBehind, error.hint);
    entra.refuses = true;
    told.push(await failed(cloud.status(target, context)));
    const text = `${JSON.stringify(told)}${inspect(told, { depth: 20, showHidden: true })}`;
    expect(text).toContain('[redacted]');
    for (const secret of [planted.value, planted.clientSecret, ...entra.tokens]) {
      expect(text).not.toContain(secret);
    }
  });
});
