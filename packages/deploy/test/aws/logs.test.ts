import { describe, expect, test } from 'vitest';
import type { LogLine } from '../../src/engine/log-entry.ts';
import { quickAws, target } from './support.ts';
import { commandLine, worldOfTests } from './world.ts';

const world = await worldOfTests();

const linesOf = async (follow: boolean, sinceMs = 0): Promise<LogLine[]> => {
  const lines: LogLine[] = [];
  for await (const line of quickAws.logs(target, { sinceMs, follow }, world.here.context)) {
    lines.push(line);
  }
  return lines;
};

describe('logs', () => {
  test('are told the oldest line first', async () => {
    world.fake.logEvents = [
      { timestamp: 2000, message: 'second\n' },
      { timestamp: 1000, message: 'first\n' },
    ];
    expect(await linesOf(false)).toEqual([
      { at: '1970-01-01T00:00:01.000Z', text: 'first' },
      { at: '1970-01-01T00:00:02.000Z', text: 'second' },
    ]);
  });

  test('are followed until the signal, each line once', async () => {
    world.fake.logEvents = [{ timestamp: 1000, message: 'first' }];
    const following = linesOf(true);
    const asked = () => world.fake.asked.filter(({ call }) => call === 'FilterLogEvents').length;
    await expect.poll(asked).toBeGreaterThan(2);
    world.fake.logEvents = [...world.fake.logEvents, { timestamp: 1500, message: 'second' }];
    const soFar = asked();
    await expect.poll(asked).toBeGreaterThan(soFar + 2);
    world.here.interrupt();
    expect((await following).map(({ text }) => text)).toEqual(['first', 'second']);
  });

  test('of nothing that is deployed are refused', async () => {
    expect(await world.failing(() => linesOf(false))).toMatchObject({
      name: 'NothingDeployedError',
      message: 'nothing is deployed as shop-qa in eu-west-1',
      hint: commandLine('deploy'),
    });
  });
});
