import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Exit } from './child.ts';
import { deferred } from './deferred.ts';
import { type Instance, type Lease, Pool, type PoolOptions, type Readiness } from './pool.ts';

/** An instance that does what the test says. */
interface Fake extends Instance<string> {
  readonly name: string;
  /** What was asked of it, in order. */
  readonly calls: string[];
  become(readiness: Readiness<string>): void;
  exit(exit?: Exit): void;
}

const crash: Exit = { code: 1, signal: null };
let fakes: Fake[] = [];
let exits: (readonly [Exit, number | undefined])[] = [];
const pools: Pool<string>[] = [];

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
  });
  fakes = [];
  exits = [];
});
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
  vi.useRealTimers();
});

function fakeStart(version: string): () => Fake {
  return () => {
    const ready = deferred<Readiness<string>>();
    const exited = deferred<Exit>();
    const name = `${version}${fakes.length + 1}`;
    const exit = (how: Exit = crash) => {
      exited.resolve(how);
      ready.resolve({ isReady: false, reason: `${name} exited` });
    };
    const fake: Fake = {
      name,
      calls: [],
      ready: ready.promise,
      exited: exited.promise,
      become: ready.resolve,
      exit,
      end() {
        fake.calls.push('end');
        exit({ code: 0, signal: null });
        return exited.promise;
      },
      kill() {
        fake.calls.push('kill');
        exit({ code: null, signal: 'SIGKILL' });
      },
    };
    fakes.push(fake);
    return fake;
  };
}

function createPool(options: Partial<PoolOptions<string>> = {}): Pool<string> {
  const pool = new Pool<string>({
    max: 1,
    concurrency: 1,
    start: fakeStart('a'),
    startTimeoutMs: 60_000,
    patience: 0,
    handover: 'when-ready',
    onExit: (exit, restartMs) => exits.push([exit, restartMs]),
    ...options,
  });
  pools.push(pool);
  return pool;
}

/** Lets everything happen that is due now. */
const settle = () => vi.advanceTimersByTimeAsync(0);
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** The instance that was started last. */
function latest(): Fake {
  const fake = fakes.at(-1);
  if (fake === undefined) throw new Error('Nothing has been started.');
  return fake;
}

async function makeReady(fake = latest()): Promise<void> {
  await settle();
  fake.become({ isReady: true, service: fake.name });
  await settle();
}

async function fail(isFinal = false): Promise<void> {
  await settle();
  latest().become({ isReady: false, reason: `${latest().name} failed`, isFinal });
  await settle();
}

async function crashLatest(): Promise<void> {
  latest().exit();
  await settle();
}

/** Crashes the latest instance as soon as it is ready, and waits for the next start. */
async function crashAtOnce(): Promise<void> {
  await makeReady();
  await crashLatest();
  await pass(exits.at(-1)?.[1] ?? 0);
}

async function acquire(pool: Pool<string>): Promise<Lease<string>> {
  const place = await pool.acquire();
  if (!place.isGranted) throw new Error(place.reason);
  return place;
}

/** What a request meets: the name of an instance, the reason of a refusal, or nothing yet. */
function watch(pool: Pool<string>, isWanted?: () => boolean): { seen: string | undefined } {
  const request: { seen: string | undefined } = { seen: undefined };
  void Promise.resolve(pool.acquire(isWanted)).then((place) => {
    request.seen = place.isGranted ? place.service : place.reason;
    return undefined;
  });
  return request;
}

describe('requests', () => {
  test('wait for the first instance, and each place is taken once', async () => {
    const pool = createPool({ concurrency: 2 });
    const [one, two, three] = [watch(pool), watch(pool), watch(pool)];
    await settle();
    expect([one.seen, two.seen, three.seen]).toEqual([undefined, undefined, undefined]);
    await makeReady();
    expect([one.seen, two.seen, three.seen]).toEqual(['a1', 'a1', undefined]);
    expect(fakes).toHaveLength(1);
  });

  test('wait in the order in which they came', async () => {
    const pool = createPool();
    await makeReady();
    const first = await acquire(pool);
    const order: number[] = [];
    for (const number of [1, 2, 3]) {
      void Promise.resolve(pool.acquire()).then((place) => {
        order.push(number);
        if (place.isGranted) place.release(true);
        return undefined;
      });
    }
    first.release(true);
    await settle();
    expect(order).toEqual([1, 2, 3]);
  });

  test('start further instances, as many as they need and the pool may have', async () => {
    const pool = createPool({ max: 3 });
    await makeReady();
    await acquire(pool);
    for (let count = 0; count < 5; count += 1) watch(pool);
    await settle();
    expect(fakes).toHaveLength(3);
  });

  test('do not start an instance for each of them where an instance takes several', async () => {
    const pool = createPool({ max: 3, concurrency: 10 });
    watch(pool);
    await settle();
    expect(fakes).toHaveLength(1);
  });

  test('that nobody waits for any longer take no place', async () => {
    const pool = createPool();
    await makeReady();
    const busy = await acquire(pool);
    const gone = watch(pool, () => false);
    const wanted = watch(pool);
    busy.release(true);
    await settle();
    expect([gone.seen, wanted.seen]).toEqual([
      'The client closed the request before an instance was free.',
      'a1',
    ]);
  });

  test('meet the instance that was used last, and only its first request is cold', async () => {
    const pool = createPool({ max: 2 });
    await makeReady();
    const one = await acquire(pool);
    const waiting = pool.acquire();
    await makeReady();
    const two = await waiting;
    await pass(5);
    one.release(true);
    await pass(5);
    if (two.isGranted) two.release(true);
    const three = await acquire(pool);
    expect([one.isCold, two.isGranted && two.isCold, three.isCold]).toEqual([true, true, false]);
    expect(three.service).toBe('a2');
  });

  test('learn what serves without taking a place or its coldness', async () => {
    const pool = createPool();
    const later = pool.whenServing();
    await makeReady();
    expect([await later, pool.whenServing(), pool.serving]).toEqual(['a1', 'a1', 'a1']);
    expect((await acquire(pool)).isCold).toBe(true);
  });
});

describe('an instance', () => {
  test('that exits is not replaced while another one serves', async () => {
    const pool = createPool({ max: 2 });
    await makeReady();
    await acquire(pool);
    watch(pool);
    await makeReady();
    await crashLatest();
    await pass(60_000);
    expect(fakes).toHaveLength(2);
  });

  test('that exits is replaced and reported, and what waits meets the next one', async () => {
    const pool = createPool();
    await makeReady();
    await acquire(pool);
    const waiting = watch(pool);
    await pass(1000);
    await crashLatest();
    expect(exits).toEqual([[crash, 0]]);
    await makeReady();
    expect(waiting.seen).toBe('a2');
  });

  test('that is not ready in time is killed', async () => {
    const onStartTimeout = vi.fn<() => void>();
    const pool = createPool({ startTimeoutMs: 100, onStartTimeout });
    await pass(99);
    expect(latest().calls).toEqual([]);
    const [first] = fakes;
    await pass(1);
    expect(first?.calls).toContain('kill');
    expect(onStartTimeout).toHaveBeenCalledOnce();
    expect(await pool.ready).toBe('a1 exited');
  });

  test('that is ready in time is not killed when the time is over', async () => {
    createPool({ startTimeoutMs: 100 });
    await makeReady();
    await pass(1000);
    expect(latest().calls).toEqual([]);
  });

  test('has a time longer than a timer can take', async () => {
    createPool({ startTimeoutMs: 2 ** 40 });
    await pass(1000);
    expect(latest().calls).toEqual([]);
  });

  test('beyond the first ends when it has been idle for long, and one stays', async () => {
    const pool = createPool({ max: 2, idleMs: 1000 });
    await makeReady();
    const one = await acquire(pool);
    const two = pool.acquire();
    await makeReady();
    await pass(5000);
    expect(pool.size).toBe(2);
    one.release(true);
    const place = await two;
    if (place.isGranted) place.release(true);
    await pass(900);
    expect(pool.size).toBe(2);
    await pass(2000);
    expect([pool.size, exits]).toEqual([1, []]);
  });

  test('tells when it serves and when it no longer does', async () => {
    const told: string[] = [];
    const onServing = (service: string) => {
      told.push(`${service} on`);
      return () => told.push(`${service} off`);
    };
    const pool = createPool({ onServing });
    await makeReady();
    await pass(1000);
    await crashLatest();
    await makeReady();
    void pool.swap(fakeStart('b'));
    await makeReady();
    expect(told).toEqual(['a1 on', 'a1 off', 'a2 on', 'a2 off', 'b3 on']);
  });
});

describe('failures', () => {
  test('in a row slow the next start down', async () => {
    createPool();
    for (let count = 0; count < 5; count += 1) await crashAtOnce();
    expect(exits.map(([, restartMs]) => restartMs)).toEqual([0, 100, 200, 400, 800]);
  });

  test('are counted anew after an instance that served for long', async () => {
    createPool();
    for (let count = 0; count < 3; count += 1) await crashAtOnce();
    await makeReady();
    await pass(251);
    await crashLatest();
    expect(exits.at(-1)?.[1]).toBe(0);
  });

  test('are counted anew after an instance that has answered a request', async () => {
    const pool = createPool();
    for (let count = 0; count < 3; count += 1) await crashAtOnce();
    await makeReady();
    (await acquire(pool)).release(true);
    await crashLatest();
    expect(exits.at(-1)?.[1]).toBe(0);
  });

  test('are not counted anew by a request that the instance did not answer', async () => {
    const pool = createPool();
    for (let count = 0; count < 3; count += 1) await crashAtOnce();
    await makeReady();
    (await acquire(pool)).release(false);
    await crashLatest();
    expect(exits.at(-1)?.[1]).toBe(400);
  });

  test('start one instance at a time, however many requests wait for the delay', async () => {
    const pool = createPool({ max: 4 });
    for (let count = 0; count < 2; count += 1) await crashAtOnce();
    await makeReady();
    await crashLatest();
    const started = fakes.length;
    const waiting = [watch(pool), watch(pool)];
    await settle();
    expect(fakes).toHaveLength(started);
    await pass(200);
    expect(fakes.length).toBeGreaterThan(started);
    expect(waiting.map(({ seen }) => seen)).toEqual([undefined, undefined]);
  });

  test('of a start refuse what waits, and are repeated by the next request only', async () => {
    const pool = createPool();
    const first = watch(pool);
    await fail();
    expect(first.seen).toBe('a1 failed');
    await pass(60_000);
    expect(fakes).toHaveLength(1);
    const second = watch(pool);
    await fail();
    expect(second.seen).toBe('a2 failed');
    const third = watch(pool);
    await makeReady();
    expect(third.seen).toBe('a3');
  });

  test('of a start are repeated for a request that shares its instance with any number', async () => {
    const pool = createPool({ concurrency: Infinity });
    await fail();
    const service = pool.whenServing();
    await makeReady();
    expect(await service).toBe('a2');
  });

  test('of several starts at a time are not repeated after the last one', async () => {
    const pool = createPool({ max: 2 });
    await fail();
    const waiting = [watch(pool), watch(pool)];
    await settle();
    for (const fake of fakes.slice(1)) {
      fake.exit();
      await settle();
    }
    await pass(60_000);
    expect(waiting.map(({ seen }) => seen)).toEqual(['a3 exited', 'a3 exited']);
    expect(fakes).toHaveLength(3);
  });

  test('to spawn a process are final, and no exit', async () => {
    const pool = createPool({ patience: 5 });
    await settle();
    latest().exit({ code: null, signal: null });
    await pass(60_000);
    const later = watch(pool);
    await settle();
    expect([fakes.length, exits, later.seen]).toEqual([1, [], 'a1 exited']);
  });

  test('of a start are waited through as often as patience says', async () => {
    const pool = createPool({ patience: 2 });
    const request = watch(pool);
    await fail();
    await fail();
    await pass(100);
    expect(request.seen).toBeUndefined();
    await fail();
    expect(request.seen).toBe('a3 failed');
  });

  test('of a further start refuse nobody while another instance serves', async () => {
    const pool = createPool({ max: 2 });
    await makeReady();
    const busy = await acquire(pool);
    const waiting = watch(pool);
    await fail();
    expect(waiting.seen).toBeUndefined();
    busy.release(true);
    await settle();
    expect(waiting.seen).toBe('a1');
  });

  test('that are final start nothing until a swap', async () => {
    const pool = createPool({ patience: 5 });
    await fail(true);
    await pass(60_000);
    expect(fakes).toHaveLength(1);
    expect(watch(pool)).toBeDefined();
    const swapped = pool.swap(fakeStart('b'));
    await makeReady();
    expect([await swapped, (await acquire(pool)).service]).toEqual([undefined, 'b2']);
  });

  test('report the exit of a process that ended by itself, not of one that was killed', async () => {
    const pool = createPool({ patience: 1 });
    await fail();
    expect(exits).toEqual([]);
    await crashLatest();
    expect(exits).toEqual([[crash, undefined]]);
    void pool.swap(fakeStart('b'));
    await makeReady();
    await crashLatest();
    expect(exits.at(-1)).toEqual([crash, 200]);
  });
});

describe('a swap', () => {
  test('when ready: the old generation serves until then, and finishes what it has begun', async () => {
    const pool = createPool({ concurrency: 2 });
    await makeReady();
    const begun = await acquire(pool);
    const swapped = pool.swap(fakeStart('b'));
    await settle();
    const meanwhile = await acquire(pool);
    await makeReady();
    await swapped;
    expect([begun.service, meanwhile.service]).toEqual(['a1', 'a1']);
    expect((await acquire(pool)).service).toBe('b2');
    begun.release(true);
    await settle();
    expect(fakes[0]?.calls).toEqual([]);
    meanwhile.release(true);
    await settle();
    expect([fakes[0]?.calls, exits]).toEqual([['end'], []]);
  });

  test('waits for what an instance has begun, even if it was idle before', async () => {
    const pool = createPool();
    await makeReady();
    (await acquire(pool)).release(true);
    const begun = await acquire(pool);
    void pool.swap(fakeStart('b'));
    await makeReady();
    expect(fakes[0]?.calls).toEqual([]);
    begun.release(true);
    await settle();
    expect(fakes[0]?.calls).toEqual(['end']);
  });

  test('ends an instance once, however many swaps it drains through', async () => {
    const pool = createPool();
    await makeReady();
    const begun = await acquire(pool);
    for (const version of ['b', 'c']) {
      void pool.swap(fakeStart(version));
      await makeReady();
    }
    begun.release(true);
    await settle();
    expect(fakes[0]?.calls).toEqual(['end']);
  });

  test('at once: requests wait for the new generation', async () => {
    const pool = createPool({ handover: 'at-once' });
    await makeReady();
    void pool.swap(fakeStart('b'));
    const waiting = watch(pool);
    await settle();
    expect([waiting.seen, fakes[0]?.calls, fakes]).toEqual([
      undefined,
      ['end'],
      expect.objectContaining({ length: 2 }),
    ]);
    await makeReady();
    expect(waiting.seen).toBe('b2');
  });

  test('when gone: the new generation starts after the end of the old one', async () => {
    const pool = createPool({ handover: 'when-gone' });
    await makeReady();
    const begun = await acquire(pool);
    void pool.swap(fakeStart('b'));
    watch(pool);
    await settle();
    expect(fakes).toHaveLength(1);
    begun.release(true);
    await settle();
    expect(fakes.map(({ name }) => name)).toEqual(['a1', 'b2']);
  });

  test('ends an old instance that takes too long', async () => {
    const pool = createPool({ handover: 'at-once', drainMs: 500 });
    await makeReady();
    await acquire(pool);
    void pool.swap(fakeStart('b'));
    await pass(499);
    expect(fakes[0]?.calls).toEqual([]);
    await pass(1);
    expect(fakes[0]?.calls).toEqual(['end']);
  });

  test('to a generation that cannot start tells why, and ends the old one', async () => {
    const pool = createPool();
    await makeReady();
    const swapped = pool.swap(fakeStart('b'));
    await fail();
    expect([await swapped, fakes[0]?.calls]).toEqual(['b2 failed', ['end']]);
    expect(watch(pool).seen).toBeUndefined();
  });

  test('drops an instance of the old generation that is ready too late', async () => {
    const onServing = vi.fn<(service: string) => () => void>();
    const pool = createPool({ handover: 'at-once', onServing });
    await settle();
    const [late] = fakes;
    void pool.swap(fakeStart('b'));
    await makeReady();
    await makeReady(late);
    expect([late?.calls, (await acquire(pool)).service]).toEqual([['end'], 'b2']);
    expect(onServing.mock.calls).toEqual([['b2']]);
  });

  test('cancels the delay after failures', async () => {
    const pool = createPool({ max: 2 });
    for (let count = 0; count < 3; count += 1) await crashAtOnce();
    await makeReady();
    await crashLatest();
    void pool.swap(fakeStart('b'));
    await makeReady();
    await acquire(pool);
    watch(pool);
    await settle();
    expect(fakes.map(({ name }) => name)).toEqual(['a1', 'a2', 'a3', 'a4', 'b5', 'b6']);
  });
});

test('a pool that refuses serves nobody until a swap', async () => {
  const pool = createPool();
  await makeReady();
  pool.refuse('unusable settings');
  const refused = watch(pool);
  await pass(60_000);
  expect([refused.seen, pool.serving, fakes]).toEqual([
    'unusable settings',
    undefined,
    expect.objectContaining({ length: 1 }),
  ]);
  void pool.swap(fakeStart('b'));
  const waiting = watch(pool);
  await makeReady();
  expect(waiting.seen).toBe('b2');
});

describe('closing', () => {
  test('kills every instance, those that start and those that drain included', async () => {
    const pool = createPool({ max: 2 });
    await makeReady();
    await acquire(pool);
    void pool.swap(fakeStart('b'));
    await makeReady();
    await acquire(pool);
    const waiting = watch(pool);
    await settle();
    const closed = pool.close();
    await settle();
    await closed;
    expect(fakes.map(({ calls }) => calls.includes('kill'))).toEqual([true, true, true]);
    expect(waiting.seen).toBe('The local runtime is closed.');
    await pass(60_000);
    expect([fakes, exits]).toEqual([expect.objectContaining({ length: 3 }), []]);
  });

  test('lets instances end in good order where it may', async () => {
    const pool = createPool({ closeDrainMs: 1000 });
    await makeReady();
    const begun = await acquire(pool);
    const closed = pool.close();
    await pass(10);
    expect(latest().calls).toEqual([]);
    begun.release(true);
    await closed;
    expect(latest().calls).toEqual(['end']);
  });

  test('does not wait for them longer than it may', async () => {
    const pool = createPool({ closeDrainMs: 1000 });
    await makeReady();
    await acquire(pool);
    const closed = pool.close();
    await pass(1000);
    await closed;
    expect(latest().calls).toEqual(['end']);
  });

  test('starts nothing that a swap was about to start', async () => {
    const pool = createPool({ handover: 'when-gone' });
    await makeReady();
    await acquire(pool);
    const swapped = pool.swap(fakeStart('b'));
    await settle();
    await pool.close();
    expect(await swapped).toBe('The local runtime is closed.');
    expect(await pool.swap(fakeStart('c'))).toBe('The local runtime is closed.');
    expect(fakes.map(({ name }) => name)).toEqual(['a1']);
  });

  test('tells a swap that is starting', async () => {
    const pool = createPool({ handover: 'at-once' });
    await makeReady();
    const swapped = pool.swap(fakeStart('b'));
    await settle();
    await pool.close();
    expect(await swapped).toBe('The local runtime is closed.');
  });

  test('cancels the one delay after several failures', async () => {
    const pool = createPool({ max: 3 });
    await makeReady();
    await acquire(pool);
    for (let count = 0; count < 2; count += 1) {
      watch(pool);
      await makeReady();
    }
    for (const fake of fakes) fake.exit();
    await settle();
    expect(exits.map(([, restartMs]) => restartMs)).toEqual([0, 100, 200]);
    await pool.close();
    await pass(60_000);
    expect(fakes).toHaveLength(3);
  });
});

test('an instance that begins to serve can send requests without starting another', async () => {
  const services: unknown[] = [];
  const pool: Pool<string> = createPool({
    concurrency: Infinity,
    onServing: () => {
      void Promise.resolve(pool.whenServing()).then((service) => services.push(service));
      return () => undefined;
    },
  });
  await makeReady();
  await settle();
  expect([services, fakes.length]).toEqual([['a1'], 1]);
});
