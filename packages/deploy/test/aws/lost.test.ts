import { describe, expect, test } from 'vitest';
import { archiveOf, quickAws, target } from './support.ts';
import { flags, toCreate, toUpdate, worldOfTests } from './world.ts';

const world = await worldOfTests();

/** AWS does what it is asked for, and its answer never arrives. */
const lose = (call: string) => void world.fake.faults.push({ call, instead: 'lose' });

describe('an answer of AWS that is lost on its way', () => {
  test('is asked for again while an archive is deployed', async () => {
    for (const call of ['CreateChangeSet', 'PUT object', 'DeleteChangeSet']) lose(call);
    expect(await world.deploy()).toMatchObject({ isChanged: true });
    expect(world.fake.faults.map(({ times }) => times)).toEqual([0, 0, 0]);
    expect(await world.deploy()).toMatchObject({ isChanged: false });
  }, 120_000);

  test('that a change has begun is told, and the next run goes on', async () => {
    lose('ExecuteChangeSet');
    expect(await world.failing(() => world.deploy())).toMatchObject({
      name: 'DeployError',
      message: expect.stringContaining('cannot be executed in its current status of'),
      leftBehind: [
        expect.stringMatching(/^AWS::CloudFormation::Stack shop-qa \(/),
        'AWS::S3::Bucket shop-bucket',
      ],
      hint: expect.stringContaining(`npx tricloud deploy aws ${flags} tries again`),
    });
    expect(world.fake.changes().slice(0, 1)).toEqual([toCreate[0]]);
    const status = () => quickAws.status(target, world.here.context);
    await expect.poll(async () => (await status()).isBusy).toBe(false);
    world.fake.asked.length = 0;
    expect(await world.deploy()).toMatchObject({ isChanged: true });
    expect(world.fake.changes()).toEqual(toUpdate);
  }, 120_000);

  test('that the rollback has begun is asked for again, and it is one rollback', async () => {
    await world.deploy('one');
    await world.deploy('two');
    lose('UpdateStack');
    expect(await quickAws.rollback(target, world.here.context)).toMatchObject({
      isChanged: true,
    });
    expect(await quickAws.status(target, world.here.context)).toMatchObject({
      state: 'UPDATE_COMPLETE',
      archiveSha256: archiveOf('one').sha256,
    });
  }, 120_000);

  test('that the removal has begun is asked for again, and the stack is gone', async () => {
    world.fake.put('shop-qa', 'UPDATE_COMPLETE');
    for (const call of ['DeleteObjects', 'DeleteStack']) lose(call);
    await quickAws.remove(target, world.here.context);
    expect(world.fake.stack).toBeNull();
  });
});
