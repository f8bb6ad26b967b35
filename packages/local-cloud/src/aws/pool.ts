import { deferred, sleep } from '../processes/deferred.ts';
import { healthyMs, restartDelayMs } from '../processes/backoff.ts';
import type { Exit } from '../processes/child.ts';
import type { Init, Instance, Outcome } from './instance.ts';
import type { Invocation } from './runtime-api.ts';

/** What became of an invocation, and what it cost in time. */
export interface PoolResult {
  readonly outcome:
    | Outcome
    | { readonly kind: 'init-failed'; readonly reason: string }
    /** Nobody waited for it any more when its turn came. */
    | { readonly kind: 'abandoned' };
  /** Whether this was the instance's first invocation; the initialisation took `initMs`. */
  readonly coldStart: boolean;
  readonly initMs: number;
  readonly startedAt: number;
}

/** The instances of one function: one request in each, the rest queued. */
export interface Pool {
  /** Runs when an instance is free, if it is still wanted then. */
  run(toInvocation: () => Invocation, isWanted: () => boolean): Promise<PoolResult>;
  /** Starts an instance of the new version, and lets the old ones finish what they have and end. */
  swap(start: () => Promise<Instance>): Promise<void>;
  readonly size: number;
  /** Settles when the first instance has come up, with the reason when it could not. */
  readonly ready: Promise<string | undefined>;
  close(): Promise<void>;
}

/** What a pool is made of. */
export interface PoolOptions {
  readonly max: number;
  /** Instances beyond the first end when they had nothing to do for so long. */
  readonly idleMs: number;
  readonly start: () => Promise<Instance>;
  readonly onExit: (exit: Exit) => void;
}

interface Member {
  readonly instance: Instance;
  readonly generation: number;
  readonly initMs: number;
  readonly joinedAt: number;
  fresh: boolean;
  busy: boolean;
  idleSince: number;
}

interface Waiting {
  readonly toInvocation: () => Invocation;
  readonly isWanted: () => boolean;
  readonly settle: (result: PoolResult) => void;
}

/** Keeps at least one instance alive; starts more on demand, as far as `max`. */
export function createPool(options: PoolOptions): Pool {
  const members = new Set<Member>();
  const ending = new Set<Promise<void>>();
  const booting = new Set<Promise<Instance>>();
  const queue: Waiting[] = [];
  const ready = deferred<string | undefined>();
  let start = options.start;
  let generation = 0;
  let starting = 0;
  let failures = 0;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  const live = () => [...members].filter((member) => member.generation === generation);

  const dispatch = () => {
    if (closed) return;
    // The one used last first: an instance that has nothing to do stays without, and can be ended.
    const idle = live()
      .filter((member) => !member.busy)
      .sort((a, b) => b.idleSince - a.idleSince);
    for (const member of idle) {
      const next = nextWanted();
      if (next === undefined) break;
      void run(member, next);
    }
    if (retry !== undefined) return;
    const missing = Math.min(queue.length, options.max - live().length) - starting;
    for (let count = 0; count < missing; count += 1) void grow(generation);
  };

  const nextWanted = (): Waiting | undefined => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (next.isWanted()) return next;
      next.settle({
        outcome: { kind: 'abandoned' },
        coldStart: false,
        initMs: 0,
        startedAt: performance.now(),
      });
    }
    return undefined;
  };

  const run = async (member: Member, waiting: Waiting) => {
    const coldStart = member.fresh;
    member.fresh = false;
    member.busy = true;
    const startedAt = performance.now();
    const { outcome, idle } = member.instance.invoke(waiting.toInvocation());
    void answer(waiting, { outcome, idle, coldStart, initMs: member.initMs, startedAt });
    if ((await outcome).kind !== 'exited') failures = 0;
    await idle;
    member.busy = false;
    member.idleSince = performance.now();
    if (member.generation !== generation) retire(member);
    dispatch();
  };

  const grow = async (forGeneration: number) => {
    starting += 1;
    const { instance, init } = await boot(start);
    starting -= 1;
    if (closed) return;
    if (forGeneration === generation) join(instance, init);
    else retire(newMember(instance, forGeneration, 0));
    dispatch();
  };

  const boot = async (begin: () => Promise<Instance>) => {
    const beginning = begin();
    booting.add(beginning);
    const instance = await beginning;
    const init = await instance.init;
    booting.delete(beginning);
    return { instance, init };
  };

  const join = (instance: Instance, init: Init) => {
    ready.resolve(init.kind === 'failed' ? init.reason : undefined);
    if (init.kind === 'failed') {
      instance.kill();
      failed(init.reason);
      return;
    }
    const member = newMember(instance, generation, init.initMs);
    members.add(member);
    void instance.exited.then((exit) => gone(member, exit));
  };

  const gone = (member: Member, exit: Exit) => {
    if (!members.delete(member) || closed) return;
    if (member.generation !== generation) return;
    options.onExit(exit);
    if (performance.now() - member.joinedAt > healthyMs) failures = 0;
    failures += 1;
    startAgain();
  };

  /** An instance that never came up fails what waits for it, as Lambda fails such an invocation. */
  const failed = (reason: string) => {
    failures += 1;
    if (live().length === 0 && starting === 0) {
      for (const waiting of queue.splice(0)) {
        waiting.settle({
          outcome: { kind: 'init-failed', reason },
          coldStart: true,
          initMs: 0,
          startedAt: performance.now(),
        });
      }
    }
    startAgain();
  };

  const startAgain = () => {
    const resume = () => {
      retry = undefined;
      if (!closed && live().length + starting === 0) void grow(generation);
      dispatch();
    };
    const delay = restartDelayMs(failures);
    if (delay === 0) resume();
    else retry ??= setTimeout(resume, delay);
  };

  const retire = (member: Member) => {
    members.delete(member);
    const done: Promise<void> = member.instance.end().finally(() => ending.delete(done));
    ending.add(done);
  };

  const reaper = setInterval(() => {
    const idle = live().filter((member) => !member.busy);
    const spare = live().length - 1;
    const cold = idle.filter((m) => performance.now() - m.idleSince > options.idleMs);
    for (const member of cold.slice(0, spare)) retire(member);
  }, options.idleMs / 4);
  reaper.unref();

  void grow(generation);

  return {
    ready: ready.promise,
    run(toInvocation, isWanted) {
      return new Promise((settle) => {
        queue.push({ toInvocation, isWanted, settle });
        dispatch();
      });
    },
    async swap(next) {
      const { instance, init } = await boot(next);
      if (closed) return;
      const old = [...members];
      generation += 1;
      start = next;
      clearTimeout(retry);
      retry = undefined;
      join(instance, init);
      for (const member of old) if (!member.busy) retire(member);
      dispatch();
    },
    get size() {
      return members.size;
    },
    async close() {
      closed = true;
      clearInterval(reaper);
      clearTimeout(retry);
      const all = [
        ...[...members].map((member) => member.instance),
        ...(await Promise.all(booting)),
      ];
      for (const instance of all) instance.kill();
      await Promise.all([...all.map((instance) => instance.exited), ...ending]);
    },
  };
}

function newMember(instance: Instance, generation: number, initMs: number): Member {
  return {
    instance,
    generation,
    initMs,
    joinedAt: performance.now(),
    fresh: true,
    busy: false,
    idleSince: performance.now(),
  };
}

/** How long an answer waits for its instance to be free. */
const graceMs = 10;

/**
 * An answer goes out when its instance has asked for more work, which it does at once: whoever sends one request
 * after the other then meets the same warm instance.
 */
async function answer(
  waiting: Waiting,
  run: Omit<PoolResult, 'outcome'> & { outcome: Promise<Outcome>; idle: Promise<void> },
): Promise<void> {
  const { outcome, idle, ...times } = run;
  const settled = await outcome;
  if (settled.kind === 'response' || settled.kind === 'error') {
    await Promise.race([idle, sleep(graceMs)]);
  }
  waiting.settle({ ...times, outcome: settled });
}
