import { describe, expect, test } from 'vitest';
import { archiveOf, quickAws, target } from './support.ts';
import { worldOfTests } from './world.ts';

const world = await worldOfTests();

/** AWS does what it is asked for, and its answer never arrives. */
const lose = (call: string) => void world.fake.faults.push({ call, instead: 'lose' });

describe('an answer of AWS that is lost on its way', () => {
  test('is asked for again while a package is deployed, and each change is made once', async () => {
    for (const call of ['CreateStack', 'PUT object', 'UpdateStack']) lose(call);
    expect(await world.deploy()).toMatchObject({ isChanged: true });
    expect(world.fake.faults.map(({ times }) => times)).toEqual([0, 0, 0]);
    const changes = world.fake.stack?.events.filter(
      ({ type, status }) => type.endsWith('Stack') && status.endsWith('_IN_PROGRESS'),
    );
    expect(changes?.map(({ status }) => status)).toEqual([
      'CREATE_IN_PROGRESS',
      'CREATE_IN_PROGRESS',
      'UPDATE_IN_PROGRESS',
    ]);
    expect(await world.deploy()).toMatchObject({ isChanged: false });
  });

  test('that the rollback has begun is asked for again, and it is one rollback', async () => {
    await world.deploy('one');
    await world.deploy('two');
    lose('UpdateStack');
    expect(await quickAws.rollback(target, world.here.context)).toMatchObject({
      isChanged: true,
    });
    expect(await quickAws.status(target, world.here.context)).toMatchObject({
      state: 'UPDATE_COMPLETE',
      packageSha256: archiveOf('one').sha256,
    });
  }, 120_000);

  test('that the removal has begun is asked for again, and the stack is gone', async () => {
    world.fake.put('shop-qa', 'UPDATE_COMPLETE');
    for (const call of ['DeleteObjects', 'DeleteStack']) lose(call);
    await quickAws.remove(target, world.here.context);
    expect(world.fake.stack).toBeNull();
  });
});
