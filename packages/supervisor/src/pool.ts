import { healthyMs, restartDelayMs } from './backoff.ts';
import type { Exit } from './child.ts';
import { type Deferred, deferred, longestTimerMs, sleep } from './deferred.ts';

/** Result of a start; where the failure is final, starting again does not help. */
export type Readiness<S> = { readonly isReady: true; readonly service: S } | FailedStart;

interface FailedStart {
  readonly isReady: false;
  readonly reason: string;
  readonly isFinal?: boolean;
}

/** A process that is starting, with what it serves once it is ready. */
export interface Instance<S> {
  /** Resolves when it can serve or never will; its exit settles it, too. */
  readonly ready: Promise<Readiness<S>>;
  readonly exited: Promise<Exit>;
  /** Ends it in good order; it has nothing to do. */
  end(): Promise<unknown>;
  kill(): void;
}

/** One request's place in an instance. */
export interface Lease<S> {
  readonly isGranted: true;
  readonly service: S;
  /** True for the first request of an instance. */
  readonly isCold: boolean;
  /** Duration of the start of its instance, in milliseconds. */
  readonly initMs: number;
  /** Gives the place back; an instance that served it is healthy. */
  release(hasServed: boolean): void;
}

/** No instance can take the request. */
export interface Refusal {
  readonly isGranted: false;
  readonly reason: string;
}

/** Starts the instances of one version; a swap replaces it as a whole. */
export interface Generation<S> {
  readonly start: () => Instance<S> | Promise<Instance<S>>;
}

/** Options of a pool. */
export interface PoolOptions<S> {
  /** Most instances at a time. */
  readonly max: number;
  /** Requests that an instance takes at a time. */
  readonly concurrency: number;
  readonly start: Generation<S>['start'];
  /** An instance that is not ready in this time is killed. */
  readonly startTimeoutMs: number;
  readonly onStartTimeout?: () => void;
  /** Failed starts in a row that are repeated; after them nothing starts until the next request or swap. */
  readonly patience: number;
  /** Instances beyond the first end when they have been idle for this long. */
  readonly idleMs?: number;
  /** The time at which a new generation takes over: once it is ready, at once, or when the old one has exited. */
  readonly handover: 'when-ready' | 'at-once' | 'when-gone';
  /** Time that an old instance has for the requests that it has begun. */
  readonly drainMs?: number;
  /** On close, instances have this long for what they have begun and end in good order; killed unless given. */
  readonly closeDrainMs?: number;
  /** Called when an instance begins to serve; what it returns is called when it no longer does. */
  readonly onServing?: (service: S) => () => void;
  /**
   * Called when an instance of the current generation has ended by itself. Another starts after the delay, or, without
   * one, on the next request or swap.
   */
  readonly onExit: (exit: Exit, restartMs: number | undefined) => void;
}

interface Member<S> {
  readonly instance: Instance<S>;
  readonly service: S;
  readonly initMs: number;
  readonly joinedAt: number;
  readonly stopServing: (() => void) | undefined;
  readonly drained: Deferred<void>;
  isRetired: boolean;
  isCold: boolean;
  active: number;
  idleSince: number;
}

interface Waiting<S> {
  readonly isWanted: () => boolean;
  readonly settle: (outcome: Member<S> | Refusal) => void;
}

interface Booted<S> {
  readonly instance: Instance<S>;
  readonly readiness: Readiness<S>;
  readonly initMs: number;
  /** Its exit, if it exited before it was ready. */
  readonly exit: Exit | undefined;
}

/** Keeps at least one instance of the current generation serving; starts more on demand, and queues the rest. */
export class Pool<S> {
  /** Resolves when the first instance is ready, or with the reason that it is not. */
  readonly ready: Promise<string | undefined>;
  readonly #options: PoolOptions<S>;
  readonly #members = new Set<Member<S>>();
  readonly #booting = new Set<Promise<Instance<S>>>();
  readonly #queue: Waiting<S>[] = [];
  readonly #closing = deferred();
  readonly #reaper: NodeJS.Timeout | undefined;
  #generation: Generation<S>;
  #starting = 0;
  #failures = 0;
  /** The refusal of every request, until a swap ends it. */
  #refusal: Refusal | undefined;
  #restart: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: PoolOptions<S>) {
    this.#options = options;
    this.#generation = { start: options.start };
    const { idleMs } = options;
    if (idleMs !== undefined) {
      this.#reaper = setInterval(() => this.#endIdle(idleMs), idleMs / 4).unref();
    }
    this.ready = this.#add();
  }

  /** Instances that have been ready and have not exited. */
  get size(): number {
    return this.#members.size;
  }

  /** The service of an instance that serves now. */
  get serving(): S | undefined {
    return this.#live()[0]?.service;
  }

  /** The service that serves now or next; `undefined` while requests are refused. */
  whenServing(): S | undefined | Promise<S | undefined> {
    const member = this.#withRoom();
    if (member !== undefined) return member.service;
    if (this.#refusal !== undefined) return undefined;
    return new Promise((resolve) => {
      const settle = (found: Member<S> | Refusal) =>
        resolve('service' in found ? found.service : undefined);
      this.#queue.push({ isWanted: () => true, settle });
      this.#grow();
    });
  }

  /** A place in an instance, when one is free and the request is still wanted. */
  acquire(isWanted = () => true): Lease<S> | Refusal | Promise<Lease<S> | Refusal> {
    const member = this.#withRoom();
    if (member !== undefined) return this.#lease(member);
    if (this.#refusal !== undefined) return this.#refusal;
    return new Promise((resolve) => {
      const settle = (found: Member<S> | Refusal) =>
        resolve('service' in found ? this.#lease(found) : found);
      this.#queue.push({ isWanted, settle });
      this.#grow();
    });
  }

  /** Starts a new generation; the old one finishes what it has begun. Resolves as `ready` does. */
  async swap(start: Generation<S>['start']): Promise<string | undefined> {
    const next: Generation<S> = { start };
    this.#starting += 1;
    if (this.#options.handover !== 'when-ready') this.#enter(next);
    if (this.#options.handover === 'when-gone') await this.#untilExited();
    this.#starting -= 1;
    if (this.#isClosed) return closed.reason;
    const booted = await this.#boot(next);
    if (this.#isClosed) return closed.reason;
    if (this.#options.handover === 'when-ready') this.#enter(next);
    return this.#take(next, booted);
  }

  /** Stops serving at once, for a reason that only another swap can end. */
  refuse(reason: string): void {
    this.#enter({ start: this.#generation.start });
    this.#refuse(reason, { isFinal: true });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#reaper);
    clearTimeout(this.#restart);
    this.#refuse(closed.reason, { isFinal: true });
    this.#closing.resolve();
    const booting = await Promise.all(this.#booting);
    for (const instance of booting) instance.kill();
    const members = [...this.#members];
    const { closeDrainMs } = this.#options;
    for (const member of members) {
      if (closeDrainMs === undefined) member.instance.kill();
      else void this.#retire(member, sleep(closeDrainMs));
    }
    await Promise.all([...booting, ...members.map(({ instance }) => instance)].map(exitOf));
  }

  #live(): readonly Member<S>[] {
    return [...this.#members].filter((member) => !member.isRetired);
  }

  /** The one used last comes first: an instance that has nothing to do stays idle, and can be ended. */
  #withRoom(): Member<S> | undefined {
    let found: Member<S> | undefined;
    for (const member of this.#members) {
      if (member.isRetired || member.active >= this.#options.concurrency) continue;
      if (found === undefined || member.idleSince > found.idleSince) found = member;
    }
    return found;
  }

  #lease(member: Member<S>): Lease<S> {
    const { service, initMs, isCold } = member;
    member.isCold = false;
    member.active += 1;
    const release = (hasServed: boolean) => this.#release(member, hasServed);
    return { isGranted: true, service, initMs, isCold, release };
  }

  #release(member: Member<S>, hasServed: boolean): void {
    member.active -= 1;
    member.idleSince = performance.now();
    if (hasServed) this.#failures = 0;
    if (member.isRetired && member.active === 0) member.drained.resolve();
    if (this.#queue.length > 0) this.#dispatch();
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const member = this.#withRoom();
      if (member === undefined) break;
      const waiting = this.#queue.shift();
      waiting?.settle(waiting.isWanted() ? member : abandoned);
    }
    this.#grow();
  }

  /** Starts as many instances as what waits can use. */
  #grow(): void {
    if (this.#restart !== undefined) return;
    const { max, concurrency } = this.#options;
    if (this.#queue.length === 0) return;
    const wanted = Math.max(1, Math.ceil(this.#queue.length / concurrency));
    const missing = Math.min(wanted, max - this.#live().length) - this.#starting;
    for (let count = 0; count < missing; count += 1) void this.#add();
  }

  async #add(): Promise<string | undefined> {
    const generation = this.#generation;
    return this.#take(generation, await this.#boot(generation));
  }

  async #boot(generation: Generation<S>): Promise<Booted<S>> {
    const startedAt = performance.now();
    this.#starting += 1;
    this.#refusal = undefined;
    const booting = Promise.resolve(generation.start());
    this.#booting.add(booting);
    const instance = await booting;
    let exit: Exit | undefined;
    void instance.exited.then((ended) => (exit = ended));
    const { startTimeoutMs, onStartTimeout } = this.#options;
    const giveUp = () => {
      onStartTimeout?.();
      instance.kill();
    };
    const limit = setTimeout(giveUp, Math.min(startTimeoutMs, longestTimerMs));
    const readiness = await instance.ready;
    clearTimeout(limit);
    this.#booting.delete(booting);
    return { instance, readiness, initMs: performance.now() - startedAt, exit };
  }

  /** Lets a started instance serve, if it can and is still wanted. The reason where it cannot. */
  #take(generation: Generation<S>, booted: Booted<S>): string | undefined {
    const { instance, readiness, exit } = booted;
    const isCurrent = generation === this.#generation && !this.#isClosed;
    if (!readiness.isReady) {
      this.#starting -= 1;
      instance.kill();
      if (!isCurrent) return readiness.reason;
      this.#onFailedStart({ ...readiness, isFinal: isFinalFailure(readiness, exit) }, exit);
      return readiness.reason;
    }
    const { service } = readiness;
    const stopServing = isCurrent ? this.#options.onServing?.(service) : undefined;
    const member = this.#join({ instance, service, initMs: booted.initMs, stopServing });
    // Not before: what begins to serve may send requests at once, which must not start another instance.
    this.#starting -= 1;
    if (isCurrent) this.#dispatch();
    else void this.#retire(member, this.#longestDrain());
    return undefined;
  }

  #join(started: Pick<Member<S>, 'instance' | 'service' | 'initMs' | 'stopServing'>): Member<S> {
    const now = performance.now();
    const member: Member<S> = {
      ...started,
      joinedAt: now,
      drained: deferred(),
      isRetired: false,
      isCold: true,
      active: 0,
      idleSince: now,
    };
    this.#members.add(member);
    void member.instance.exited.then((exit) => this.#onExited(member, exit));
    return member;
  }

  #onExited(member: Member<S>, exit: Exit): void {
    this.#members.delete(member);
    if (member.isRetired || this.#isClosed) return;
    member.stopServing?.();
    if (performance.now() - member.joinedAt > healthyMs) this.#failures = 0;
    this.#failures += 1;
    this.#options.onExit(exit, restartDelayMs(this.#failures));
    this.#startAgain();
  }

  /** A start that failed fails what waits for it, as the cloud does, unless it is worth the wait. */
  #onFailedStart({ reason, isFinal }: Required<FailedStart>, exit: Exit | undefined): void {
    this.#failures += 1;
    const isAlone = this.#live().length + this.#starting === 0;
    const isRefused = isAlone && (isFinal || this.#failures > this.#options.patience);
    const restartMs = isFinal || isRefused ? undefined : restartDelayMs(this.#failures);
    if (exit !== undefined && wasSpawned(exit)) this.#options.onExit(exit, restartMs);
    if (isRefused) this.#refuse(reason, { isFinal });
    else if (!isFinal) this.#startAgain();
  }

  /** Refuses what waits, and where the failure is final, what arrives until a swap. */
  #refuse(reason: string, { isFinal }: { readonly isFinal: boolean }): void {
    clearTimeout(this.#restart);
    this.#restart = undefined;
    const refusal: Refusal = { isGranted: false, reason };
    if (isFinal) this.#refusal = refusal;
    for (const waiting of this.#queue.splice(0)) waiting.settle(refusal);
  }

  /** Keeps one instance alive, ever more slowly while starts fail. */
  #startAgain(): void {
    const resume = () => {
      this.#restart = undefined;
      if (this.#live().length + this.#starting === 0) void this.#add();
      this.#dispatch();
    };
    const delayMs = restartDelayMs(this.#failures);
    if (delayMs === 0) resume();
    else this.#restart ??= setTimeout(resume, delayMs);
  }

  /** Makes a generation the current one: the old instances take no further requests. */
  #enter(next: Generation<S>): void {
    this.#generation = next;
    clearTimeout(this.#restart);
    this.#restart = undefined;
    for (const member of this.#members) void this.#retire(member, this.#longestDrain());
  }

  async #retire(member: Member<S>, limit: Promise<unknown>): Promise<void> {
    if (member.isRetired) return;
    member.isRetired = true;
    member.stopServing?.();
    if (member.active > 0) {
      await Promise.race([member.drained.promise, limit]);
    }
    await member.instance.end();
  }

  #longestDrain(): Promise<unknown> {
    const { drainMs } = this.#options;
    if (drainMs === undefined) return this.#closing.promise;
    return Promise.race([this.#closing.promise, sleep(drainMs)]);
  }

  async #untilExited(): Promise<void> {
    await Promise.all([...this.#members].map(({ instance }) => exitOf(instance)));
  }

  #endIdle(idleMs: number): void {
    const live = this.#live();
    const isIdle = ({ active, idleSince }: Member<S>) =>
      active === 0 && performance.now() - idleSince > idleMs;
    for (const member of live.filter(isIdle).slice(0, live.length - 1)) {
      void this.#retire(member, this.#closing.promise);
    }
  }
}

const closed: Refusal = { isGranted: false, reason: 'The local runtime is closed.' };
const abandoned: Refusal = {
  isGranted: false,
  reason: 'The client closed the request before an instance was free.',
};

/** True also where no process could be spawned: no other start of the same generation would succeed. */
function isFinalFailure({ isFinal = false }: FailedStart, exit: Exit | undefined): boolean {
  return isFinal || (exit !== undefined && !wasSpawned(exit));
}

function wasSpawned({ code, signal }: Exit): boolean {
  return code !== null || signal !== null;
}

function exitOf(instance: Instance<unknown>): Promise<Exit> {
  return instance.exited;
}
