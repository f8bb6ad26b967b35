import { InvalidInputError } from '@tricloud/core';
import { describe, expect, test } from 'vitest';
import { parseSettings } from './settings.ts';
import { toTarget } from './to-target.ts';

const google = {
  id: 'google',
  defaults: {
    region: 'us-central1',
    memoryMiB: 512,
    vcpu: null,
    architecture: 'x86_64',
    timeoutSeconds: 60,
    concurrency: 1,
    maxInstances: null,
  },
} as const;

const faultsOf = (action: () => unknown) => {
  try {
    action();
    return [];
  } catch (error) {
    if (error instanceof InvalidInputError) return error.faults.map(({ path }) => path);
    throw error;
  }
};

describe('settings', () => {
  test('that say nothing are the defaults of the cloud', () => {
    expect(toTarget(parseSettings({}), google)).toEqual({
      cloud: 'google',
      name: 'tricloud',
      stage: 'dev',
      ...google.defaults,
      environment: {},
      secrets: {},
      account: null,
      auth: 'none',
      invokers: [],
      throttle: null,
      buildAccount: null,
    });
  });

  test('of a cloud stand before the common ones, and no other cloud’s are taken', () => {
    const settings = parseSettings({
      name: 'shop',
      memoryMiB: 1024,
      timeoutSeconds: 20,
      environment: { A: '1' },
      secrets: { KEY: { aws: 'arn', google: 'key:1' } },
      aws: { region: 'eu-west-1', memoryMiB: 128 },
      google: { region: 'europe-west1', memoryMiB: 2048, project: 'my-shop' },
    });
    expect(toTarget(settings, google)).toEqual({
      ...google.defaults,
      cloud: 'google',
      name: 'shop',
      stage: 'dev',
      region: 'europe-west1',
      memoryMiB: 2048,
      timeoutSeconds: 20,
      environment: { A: '1' },
      secrets: { KEY: 'key:1' },
      account: 'my-shop',
      auth: 'none',
      invokers: [],
      throttle: null,
      buildAccount: null,
    });
  });

  test.each([
    [{}, { rate: 100, burst: 200 }],
    [{ rate: 10 }, { rate: 10, burst: 20 }],
    [
      { rate: 10, burst: 15 },
      { rate: 10, burst: 15 },
    ],
    [{ burst: 15 }, { rate: 100, burst: 15 }],
  ])('of a throttle %j are %j on AWS, and a burst is twice the rate', (throttle, expected) => {
    const settings = parseSettings({ aws: { throttle } });
    expect(toTarget(settings, { ...google, id: 'aws' }).throttle).toEqual(expected);
    expect(toTarget(settings, google).throttle).toBeNull();
  });

  test('of who calls and who builds are Google’s, and an account is each cloud’s own', () => {
    const settings = parseSettings({
      google: { invokers: ['user:ada@example.com'], buildAccount: 'builder', project: 'my-shop' },
      azure: { subscription: 'my-subscription' },
    });
    expect(toTarget(settings, google)).toMatchObject({
      invokers: ['user:ada@example.com'],
      buildAccount: 'builder',
      account: 'my-shop',
    });
    expect(toTarget(settings, { ...google, id: 'azure' }).account).toBe('my-subscription');
    expect(toTarget(settings, { ...google, id: 'aws' }).account).toBeNull();
  });

  test('with a secret that has no reference on a cloud are refused there', () => {
    const settings = parseSettings({ secrets: { KEY: { aws: 'arn' } } });
    expect(faultsOf(() => toTarget(settings, google))).toEqual(['secrets.KEY.google']);
  });

  test('never tell what stands where a reference to a secret belongs', () => {
    const input = {
      secrets: { A: 'hunter2', B: { gcp: 'hunter2' }, C: { aws: ['hunter2'] } },
      environment: { MODE: ['hunter2'], CODE: 4711 },
      apiKey: 'hunter2',
    };
    expect(() => parseSettings(input)).toThrow(InvalidInputError);
    expect(() => parseSettings(input)).not.toThrow(/hunter2|4711/);
  });

  test.each([
    [{ memory: 512 }, ['memory'], 'a field that there is not'],
    [{ name: '', memoryMiB: '512' }, ['name', 'memoryMiB'], 'every fault at once'],
    [{ aws: { project: 'p' } }, ['aws.project'], 'a field of another cloud'],
    [{ environment: { A: 1 } }, ['environment.A'], 'a variable that is no text'],
    [{ secrets: { A: 'plain' } }, ['secrets.A'], 'a secret by its value'],
    [{ secrets: { A: { gcp: 'x' } } }, ['secrets.A.gcp'], 'an unknown cloud'],
    [{ vcpu: 64.5 }, ['vcpu'], 'more than an instance can have'],
    [{ vcpu: 0 }, ['vcpu'], 'none at all'],
    [[], [''], 'a list'],
    [null, [''], 'nothing'],
  ])('%j are refused at %j: %s', (input, paths, _why) => {
    expect(faultsOf(() => parseSettings(input))).toEqual(paths);
  });
});
