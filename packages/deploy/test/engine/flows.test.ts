import { describe, expect, test } from 'vitest';
import { createCloud } from '../../src/engine/create-cloud.ts';
import { DeployError, MissingCredentialsError } from '../../src/engine/errors.ts';
import { notDeployed } from '../../src/engine/status.ts';
import { OperationTimeoutError } from '../../src/engine/poll.ts';
import { virtualTiming } from '../timing.ts';
import { deploymentPackage, contextOf, type Deployed, fakeDriver, target } from './fake-driver.ts';

const command = (verb: string) =>
  `npx tricloud ${verb} aws --name shop --stage dev --region aws=us-east-1`;

function start(found: Deployed | null = null, signal?: AbortSignal) {
  const { cloud, driver } = fakeDriver(found);
  return { fake: cloud, cloud: createCloud(driver, virtualTiming()), ...contextOf(signal) };
}

const failing = (name: string, message = 'it is full') =>
  Object.assign(new Error(message), { name });

describe('a deployment', () => {
  test('reads, applies and publishes, each as a step', async () => {
    const { cloud, context, fake, steps } = start();
    expect(await cloud.deploy(target, deploymentPackage, context)).toEqual({
      isChanged: true,
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      url: 'https://shop.example/',
      noUrlBecause: null,
    });
    expect(fake.calls).toEqual(['open', 'read', 'settle', 'apply', 'publish']);
    expect(steps.map(({ name, state }) => `${name}: ${state}`)).toEqual([
      'read what is deployed: started',
      'read what is deployed: done',
      'create the bucket: started',
      'create the bucket: done',
      'upload the deployment package: started',
      'upload the deployment package: done',
    ]);
  });

  test('sends nothing where nothing differs', async () => {
    const { cloud, context, fake, steps } = start({ sha256: 'new' });
    expect(await cloud.deploy(target, deploymentPackage, context)).toMatchObject({
      isChanged: false,
    });
    expect(fake.calls).toEqual(['open', 'read', 'settle']);
    expect(steps.at(-1)).toEqual({ name: 'deploy', state: 'skipped', detail: 'nothing to change' });
  });

  test('that fails says what it did, what is left, and the two commands that can follow', async () => {
    const { cloud, context, fake } = start();
    fake.failures.set('publish', failing('Full', 'planted-value is too long'));
    await expect(cloud.deploy(target, deploymentPackage, context)).rejects.toMatchObject({
      message: 'could not upload the deployment package: [redacted] is too long',
      leftBehind: ['a bucket'],
      hint: command('deploy'),
      cleanUp: command('remove'),
    });
  });

  test('that fails shows no secret of the shell', async () => {
    const { cloud, context, fake } = start();
    fake.failures.set('apply', failing('Full', 'shell-secret is too long'));
    const env = { SHELL_TOKEN: 'shell-secret' };
    await expect(
      cloud.deploy(target, deploymentPackage, { ...context, env }),
    ).rejects.toMatchObject({
      message: 'could not create the bucket: [redacted] is too long',
    });
  });

  test('of what is not there creates it, even where the driver names no difference', async () => {
    const { cloud: fake, driver } = fakeDriver();
    const state = { ...driver.state, differences: () => Promise.resolve([]) };
    const cloud = createCloud({ ...driver, state }, virtualTiming());
    await cloud.deploy(target, deploymentPackage, contextOf().context);
    expect(fake.calls).toContain('publish');
  });

  test('keeps the list of what it created and did not remove again', async () => {
    const { cloud, context, fake } = start();
    let created: readonly string[] = [];
    fake.onApply = (run) => {
      for (const each of ['bucket', 'role', 'queue']) run.track(each);
      run.untrack('role');
      ({ created } = run.progress);
    };
    await cloud.deploy(target, deploymentPackage, context);
    expect(created).toEqual(['bucket', 'queue']);
  });

  test('that leaves nothing names no clean-up', async () => {
    const { cloud, context, fake } = start();
    fake.left = [];
    fake.failures.set('apply', failing('Full'));
    await expect(cloud.deploy(target, deploymentPackage, context)).rejects.toMatchObject({
      cleanUp: null,
    });
  });

  test('over one that is in use proposes no removal', async () => {
    const { cloud, context, fake } = start({ sha256: 'old' });
    fake.failures.set('apply', failing('Full'));
    await expect(cloud.deploy(target, deploymentPackage, context)).rejects.toMatchObject({
      leftBehind: ['a bucket'],
      cleanUp: null,
    });
  });

  test('over one that never answered may be removed', async () => {
    const { cloud, context, fake } = start({ sha256: null });
    fake.failures.set('apply', failing('Full'));
    await expect(cloud.deploy(target, deploymentPackage, context)).rejects.toMatchObject({
      cleanUp: command('remove'),
    });
  });

  test('that the provider refuses because of another one is looked at', async () => {
    const { cloud, context, fake } = start();
    fake.failures.set('apply', failing('Busy'));
    await expect(cloud.deploy(target, deploymentPackage, context)).rejects.toMatchObject({
      name: 'DeploymentInProgressError',
      hint: command('status'),
    });
  });

  test('that the provider’s own tool can fix names its command', async () => {
    const { cloud, context, fake } = start();
    fake.failures.set('apply', failing('Denied'));
    await expect(cloud.deploy(target, deploymentPackage, context)).rejects.toMatchObject({
      hint: 'cloud grant me',
    });
  });

  test('that takes too long is looked at, not repeated', async () => {
    const { cloud, context, fake } = start();
    fake.failures.set('publish', new OperationTimeoutError(60_000));
    await expect(cloud.deploy(target, deploymentPackage, context)).rejects.toMatchObject({
      message: 'could not upload the deployment package: not done after 1 minutes',
      hint: command('status'),
    });
  });

  test('that is interrupted starts no further step', async () => {
    const controller = new AbortController();
    const { cloud, context, fake } = start(null, controller.signal);
    const stopping = {
      ...context,
      onStep: ({ name, state }: { name: string; state: string }) => {
        if (name === 'create the bucket' && state === 'done') controller.abort();
      },
    };
    await expect(cloud.deploy(target, deploymentPackage, stopping)).rejects.toMatchObject({
      name: 'InterruptedError',
      leftBehind: ['a bucket'],
    });
    expect(fake.calls).not.toContain('publish');
  });

  test('that is interrupted says what the provider continues with', async () => {
    const controller = new AbortController();
    const { cloud, context, fake } = start(null, controller.signal);
    fake.onApply = (run) => {
      run.setInProgress('the cloud continues to create the bucket');
      controller.abort();
      run.signal.throwIfAborted();
    };
    await expect(cloud.deploy(target, deploymentPackage, context)).rejects.toMatchObject({
      message: 'interrupted: could not create the bucket; the cloud continues to create the bucket',
    });
  });

  test('gives an error of ours that names no command one, and redacts it', async () => {
    const { cloud, context, fake } = start();
    fake.failures.set('apply', new DeployError('aws', 'planted-value is another owner’s'));
    await expect(cloud.deploy(target, deploymentPackage, context)).rejects.toMatchObject({
      message: '[redacted] is another owner’s',
      leftBehind: ['a bucket'],
      hint: command('deploy'),
    });
  });

  test('keeps an error that already names a command', async () => {
    const { cloud, context, fake } = start();
    const own = new DeployError('aws', 'another owner', { hint: 'take another --name' });
    fake.failures.set('apply', own);
    await expect(cloud.deploy(target, deploymentPackage, context)).rejects.toBe(own);
    expect(fake.calls).not.toContain('leftBehind');
  });
});

describe('a failure before the first change', () => {
  const nothing = { leftBehind: [], cleanUp: null };

  test.each(['read', 'settle', 'differences'])('of a deployment: %s', async (failed) => {
    for (const found of failed === 'read' ? [null, { sha256: 'old' }] : [{ sha256: 'old' }]) {
      const { cloud, context, fake } = start(found);
      fake.failures.set(failed, failing('Full'));
      await expect(cloud.deploy(target, deploymentPackage, context)).rejects.toMatchObject(nothing);
      expect(fake.calls).not.toContain('leftBehind');
    }
  });

  test('of a first deployment: differences', async () => {
    const { cloud, context, fake } = start();
    fake.failures.set('differences', failing('Full'));
    await expect(cloud.deploy(target, deploymentPackage, context)).rejects.toMatchObject(nothing);
  });

  test.each(['rollback', 'remove', 'removals'] as const)('of %s', async (verb) => {
    const { cloud, context, fake } = start({ sha256: 'old' });
    fake.failures.set('read', failing('Full'));
    await expect(cloud[verb](target, context)).rejects.toMatchObject(nothing);
    expect(fake.calls).not.toContain('leftBehind');
  });

  test('names what an interrupted deployment left, where it cannot be finished', async () => {
    const { cloud, context, fake } = start({ sha256: null });
    fake.failures.set('settle', failing('Full'));
    await expect(cloud.deploy(target, deploymentPackage, context)).rejects.toMatchObject({
      leftBehind: ['a bucket'],
      cleanUp: command('remove'),
    });
  });
});

describe('credentials', () => {
  test('that are refused are an error of their own, and lead to doctor', async () => {
    const { cloud, context, fake } = start();
    fake.failures.set('open', failing('Expired'));
    await expect(cloud.status(target, context)).rejects.toMatchObject({
      name: 'CredentialsError',
      hint: command('doctor'),
    });
    expect(fake.calls).toEqual(['open']);
  });

  test('that the provider’s own tool renews name its command', async () => {
    const { cloud, context, fake } = start();
    fake.failures.set('open', failing('SignedOut'));
    await expect(cloud.status(target, context)).rejects.toMatchObject({ hint: 'cloud login' });
  });

  test('that are refused leave nothing behind, and nothing is asked for it', async () => {
    const { cloud, context, fake } = start();
    fake.failures.set('open', failing('Expired'));
    await expect(cloud.deploy(target, deploymentPackage, context)).rejects.toMatchObject({
      leftBehind: [],
      cleanUp: null,
    });
    expect(fake.calls).toEqual(['open']);
  });

  test('that are missing make no differences known, and every other failure is one', async () => {
    const { cloud, context, fake } = start();
    fake.failures.set('open', new MissingCredentialsError('aws', 'none', { hint: 'sign in' }));
    expect(await cloud.differences(target, deploymentPackage, context)).toBeNull();
    fake.failures.set('open', failing('Expired'));
    await expect(cloud.differences(target, deploymentPackage, context)).rejects.toThrow(
      'it is full',
    );
  });
});

test('the status of what is not there is that nothing is', async () => {
  const { cloud, context } = start();
  expect(await cloud.status(target, context)).toEqual(notDeployed);
});

describe.each(['rollback', 'remove'] as const)('%s', (verb) => {
  test.each([
    ['CREATING', 'CREATING'],
    [null, 'unknown'],
  ])('names the state of what is in progress: %s', async (state, word) => {
    const { cloud, context } = start({ sha256: 'old', isBusy: true, state });
    await expect(cloud[verb](target, context)).rejects.toMatchObject({
      message: `another deployment or removal of shop-dev is in progress (${word})`,
    });
  });

  test('that fails proposes to repeat it, not to remove', async () => {
    const { cloud, context, fake } = start({ sha256: 'old' });
    fake.failures.set(verb, failing('Full'));
    await expect(cloud[verb](target, context)).rejects.toMatchObject({
      leftBehind: ['a bucket'],
      hint: command(verb),
      cleanUp: null,
    });
  });

  test('refuses while something is in progress', async () => {
    const { cloud, context, fake } = start({ sha256: 'old', isBusy: true });
    await expect(cloud[verb](target, context)).rejects.toMatchObject({
      name: 'DeploymentInProgressError',
      hint: command('status'),
    });
    expect(fake.calls).not.toContain(verb);
  });

  test('does what it says', async () => {
    const { cloud, context, fake } = start({ sha256: 'old' });
    await cloud[verb](target, context);
    expect(fake.calls).toContain(verb);
  });
});

test.each([null, { sha256: null }])('there is nothing to roll back of %o', async (found) => {
  const { cloud, context, fake } = start(found);
  await expect(cloud.rollback(target, context)).rejects.toMatchObject({
    name: 'NothingDeployedError',
    message: 'nothing is deployed as shop-dev in us-east-1',
    hint: command('deploy'),
  });
  expect(fake.calls).not.toContain('rollback');
});

test('removing what is not there is no error', async () => {
  const { cloud, context, fake, steps } = start();
  await cloud.remove(target, context);
  expect(fake.calls).toEqual(['open', 'read']);
  expect(steps).toEqual([{ name: 'remove', state: 'skipped', detail: 'nothing is there' }]);
  expect(await cloud.removals(target, context)).toEqual([]);
});

test('a failure of reading asks for nothing that is left behind', async () => {
  const { cloud, context, fake } = start();
  fake.failures.set('read', failing('Full'));
  await expect(cloud.status(target, context)).rejects.toMatchObject({
    leftBehind: [],
    cleanUp: null,
    hint: command('status'),
  });
  expect(fake.calls).not.toContain('leftBehind');
});

const at = (time: string) => Date.parse(`2026-11-22T12:00:${time}Z`);
const entry = (id: string, time: string) => ({ id, atMs: at(time), text: `${id}\n` });

describe('a log', () => {
  const options = { sinceMs: at('00'), follow: true };

  async function read(entries: ReturnType<typeof entry>[][], follow = true) {
    const controller = new AbortController();
    const { cloud, context, fake } = start({ sha256: 'new' }, controller.signal);
    fake.entries = entries;
    fake.onRead = () => (fake.entries.length === 0 && follow ? controller.abort() : undefined);
    const lines: string[] = [];
    for await (const { text } of cloud.logs(target, { ...options, follow }, context)) {
      lines.push(text);
    }
    return { lines, calls: fake.calls.filter((call) => call.startsWith('read the log')) };
  }

  test('prints a late entry, and no entry twice', async () => {
    const { lines } = await read([
      [entry('a', '20'), entry('b', '50')],
      [entry('a', '20'), entry('late', '41'), entry('b', '50')],
      [],
    ]);
    expect(lines).toEqual(['a', 'b', 'late']);
  });

  test('is read from half a minute before its newest entry', async () => {
    const { calls } = await read([
      [entry('a', '10')],
      [entry('b', '50')],
      [entry('late', '45')],
      [],
    ]);
    expect(calls.map((call) => call.slice(-8))).toEqual([
      '12:00:00',
      '12:00:00',
      '12:00:20',
      '12:00:20',
      '12:00:20',
    ]);
  });

  test('ends without an error when it is interrupted between two reads', async () => {
    const controller = new AbortController();
    const { cloud, context, fake } = start({ sha256: 'new' }, controller.signal);
    fake.entries = [[entry('a', '10')]];
    const lines: string[] = [];
    for await (const { text } of cloud.logs(target, options, context)) {
      lines.push(text);
      setImmediate(() => controller.abort());
    }
    expect(lines).toEqual(['a']);
  });

  test('that cannot be read is an error, not the end of the log', async () => {
    const { cloud, context, fake } = start({ sha256: 'new' });
    fake.onRead = () => {
      throw failing('Full');
    };
    const log = cloud.logs(target, options, context)[Symbol.asyncIterator]();
    await expect(log.next()).rejects.toMatchObject({
      message: 'could not read the log: it is full',
      hint: command('logs'),
    });
  });

  test('that is not followed is read once', async () => {
    expect(await read([[entry('a', '10')], [entry('b', '20')]], false)).toMatchObject({
      lines: ['a'],
      calls: [expect.anything()],
    });
  });
});

test('every broken rule is reported with its source, and the value', async () => {
  const { cloud } = start();
  expect(cloud.brokenRules({ ...target, memoryMiB: 64.5 })).toEqual([
    {
      path: 'memoryMiB',
      value: 64.5,
      rule: 'a whole number of MiB from 128 to 10240',
      source: 'https://docs.example/memory',
    },
  ]);
  expect(cloud.brokenRules(target)).toEqual([]);
});

test('a plan shows what is sent and what is limited, and no secret of the target or the shell', async () => {
  const { driver } = fakeDriver();
  const contents = await driver.template.describe(target, deploymentPackage, {});
  const body = { mode: 'live', pin: '1234', key: 'x planted-value', token: 'shell-secret' };
  const describeTemplate = async () => ({
    ...contents,
    requests: [{ call: 'Create', body }],
    limitations: ['no proxy'],
  });
  const cloud = createCloud({ ...driver, template: { describe: describeTemplate } });
  const { context } = contextOf();
  const plan = await cloud.plan(
    {
      ...target,
      memoryMiB: 256,
      vcpu: 1,
      environment: { MODE: 'live', PIN: '1234', API_KEY: 'planted-value' },
    },
    deploymentPackage,
    { ...context, env: { SHELL_TOKEN: 'shell-secret' } },
  );
  expect(plan.requests).toEqual([
    {
      call: 'Create',
      body: { mode: 'live', pin: '[redacted]', key: 'x [redacted]', token: '[redacted]' },
    },
  ]);
  expect(plan.limitations).toEqual([
    expect.stringContaining('256 MiB becomes 1,769 MiB'),
    'no proxy',
  ]);
});
