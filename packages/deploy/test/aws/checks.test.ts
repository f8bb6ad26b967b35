import { describe, expect, test } from 'vitest';
import type { Check } from '../../src/engine/check.ts';
import { quickAws, target } from './support.ts';
import { worldOfTests } from './world.ts';

const world = await worldOfTests();

/** Of the tests' virtual time. */
const today = 'Sun, 22 Nov 2026 12:00:00 GMT';

const checksOf = async (changed = {}): Promise<Check[]> => {
  const found: Check[] = [];
  for await (const check of quickAws.doctor({ ...target, ...changed }, world.here.context)) {
    found.push(check);
  }
  world.told.push(found);
  return found;
};

describe('the doctor', () => {
  test('finds what a deployment needs', async () => {
    world.fake.faults.push({ call: 'HEAD bucket', status: 200, headers: { date: today } });
    expect(await checksOf()).toEqual([
      {
        name: 'runtime',
        state: 'good',
        found: 'Node.js 24, supported until 2028-04-30',
        mend: null,
      },
      { name: 'region', state: 'good', found: 'eu-west-1', mend: null },
      {
        name: 'endpoint',
        state: 'good',
        found: `${world.fake.url} in place of AWS (AWS_ENDPOINT_URL)`,
        mend: null,
      },
      {
        name: 'credentials',
        state: 'good',
        found:
          'from the environment (AWS_ACCESS_KEY_ID), as arn:aws:iam::123456789012:user/deployer',
        mend: null,
      },
      {
        name: 'clock',
        state: 'good',
        found: 'same as the provider’s',
        mend: null,
      },
      {
        name: 'quota',
        state: 'good',
        found: '1000 instances at once in eu-west-1, 900 of them not reserved',
        mend: null,
      },
    ]);
  });

  test('says what is wrong, with the command that fixes it', async () => {
    world.fake.faults.push(
      { call: 'GetCallerIdentity', status: 403, code: 'ExpiredToken', message: 'expired' },
      { call: 'HEAD bucket', status: 200, headers: { date: 'Sun, 22 Nov 2020 10:00:00 GMT' } },
    );
    const found = await checksOf({ region: 'eu-west-9' });
    expect(found.filter(({ state }) => state !== 'good')).toEqual([
      {
        name: 'region',
        state: 'bad',
        found: 'eu-west-9 has no functions; similar regions: eu-west-1, eu-west-2, eu-west-3',
        mend: null,
      },
      {
        name: 'credentials',
        state: 'bad',
        found:
          'the credentials from the environment (AWS_ACCESS_KEY_ID) have expired (ExpiredToken)',
        mend: null,
      },
      {
        name: 'clock',
        state: 'bad',
        found: expect.stringMatching(/^\d+ s off$/),
        mend: 'sudo timedatectl set-ntp true',
      },
    ]);
  });

  test('finds instances that the account cannot reserve', async () => {
    expect(await checksOf({ maxInstances: 801 })).toContainEqual({
      name: 'quota',
      state: 'bad',
      found:
        '1000 instances at once in eu-west-1, 900 of them not reserved: 801 cannot be reserved, because 100 must stay free',
      mend: expect.stringContaining('--quota-code L-B99A9384 --desired-value 901'),
    });
  });
});
