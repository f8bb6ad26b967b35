import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProviderId } from '../src/index.ts';
import { isAlive, patience, startTestCloud, type TestCloud, textOf } from './cloud.ts';

let running: TestCloud;

beforeAll(async () => {
  running = await startTestCloud({
    awsInstances: 2,
    instances: {
      aws: { timeoutMs: 700, memoryMiB: 128 },
      google: { timeoutMs: 700, memoryMiB: 128 },
      azure: { memoryMiB: 128 },
    },
  });
});
afterAll(() => running.close());

const recordOf = (provider: ProviderId, path: string) =>
  running.until((event) =>
    event.type === 'record' && event.record.provider === provider && event.record.path === path
      ? event.record
      : undefined,
  );

describe('a function that takes too long', () => {
  test.each([
    ['aws', '/never', 500, '{"message":"Internal Server Error"}', 'it never answers'],
    ['aws', '/spin', 500, '{"message":"Internal Server Error"}', 'it blocks its event loop'],
    ['google', '/never', 504, 'upstream request timeout', 'it never answers'],
  ] as const)('is ended on %s at %s with %d: %s', async (provider, path, status, body, _why) => {
    const answer = await fetch(running.url(provider, path));
    expect({ status: answer.status, body: await answer.text() }).toEqual({ status, body });
    expect(await recordOf(provider, path)).toMatchObject({ status, error: expect.any(String) });
    expect(await textOf(running.url(provider, '/'))).toBe('fixture');
  });

  test('on Google is not ended, unless it blocks the only instance', async () => {
    const before = await textOf(running.url('google', '/pid'));
    expect((await fetch(running.url('google', '/wait?n=1200'))).status).toBe(504);
    expect(await textOf(running.url('google', '/pid'))).toBe(before);
    expect((await fetch(running.url('google', '/spin'))).status).toBe(504);
    await expect.poll(() => textOf(running.url('google', '/')), patience).toBe('fixture');
    expect(await textOf(running.url('google', '/pid'))).not.toBe(before);
  });

  test('on AWS says so in the log of the invocation', async () => {
    await fetch(running.url('aws', '/never?log'));
    const { id } = await recordOf('aws', '/never');
    expect(
      await running.until((event) =>
        event.type === 'log' && event.invocationId === id && event.line.startsWith('Task')
          ? event.line
          : undefined,
      ),
    ).toBe('Task timed out after 0.70 seconds');
  });
});

describe('a function that eats memory', () => {
  test.each([
    ['aws', '/heap', 'objects on the heap'],
    ['aws', '/buffers', 'buffers outside it'],
    ['google', '/heap', 'objects on the heap'],
    ['google', '/buffers', 'buffers outside it'],
    ['azure', '/heap', 'objects on the heap'],
    ['azure', '/buffers', 'buffers outside it'],
  ] as const)('harms on %s only its own instance: %s, %s', async (provider, path, _why) => {
    const other = provider === 'aws' ? 'google' : 'aws';
    const before = Number(await textOf(running.url(other, '/pid')));
    const answer = await fetch(running.url(provider, path));
    expect(answer.status).toBeGreaterThanOrEqual(500);
    await expect.poll(() => textOf(running.url(provider, '/')), patience).toBe('fixture');
    // Another instance of the same provider may answer the next request.
    expect(isAlive(before)).toBe(true);
  });
});

test('AWS runs one request in an instance, as many instances as it may, and queues the rest', async () => {
  const pids = await Promise.all(
    Array.from({ length: 6 }, async () => {
      await fetch(running.url('aws', '/wait?n=100'));
      return textOf(running.url('aws', '/pid'));
    }),
  );
  expect(new Set(pids).size).toBeLessThanOrEqual(2);
  const failed = await Promise.all([
    fetch(running.url('aws', '/exit?n=1')),
    fetch(running.url('aws', '/wait?n=50')),
  ]);
  expect(failed.map((answer) => answer.status)).toEqual([500, 200]);
});

test.each(['aws', 'google', 'azure'] as const)(
  'what a function on %s has started ends with its instance',
  async (provider) => {
    const started = Number(await textOf(running.url(provider, '/spawn')));
    expect(isAlive(started)).toBe(true);
    await fetch(running.url(provider, '/exit?n=1'));
    await expect.poll(() => isAlive(started), patience).toBe(false);
  },
);
