import type { InstanceBilling, InstanceTraffic } from '../instance-traffic.ts';

interface SimulationOptions {
  readonly seed: number;
  /** At least so many arrivals are simulated, and at least 150 times the longer of duration and minimum. */
  readonly arrivals: number;
}

/**
 * Billed instances on average, by simulating every request. A request goes to the busiest instance with room, of
 * equally busy ones to the first. The first tenth is warm-up and is not counted.
 */
export function simulateInstances(
  traffic: InstanceTraffic,
  billing: InstanceBilling,
  { seed, arrivals }: SimulationOptions,
): number {
  const { ratePerMs, durationMs, concurrency } = traffic;
  const spanMs = Math.max(
    arrivals / ratePerMs,
    150 * Math.max(durationMs, billing.minimumMs, billing.stepMs),
  );
  const window = { fromMs: spanMs / 10, toMs: (spanMs * 11) / 10 };
  const pool = new InstancePool(concurrency, periodMeter(traffic, billing, window));
  const next = arrivalTimes(traffic, seed);
  for (let atMs = next(); atMs < window.toMs; atMs = next()) pool.serve(atMs, durationMs);
  return pool.billedMs() / spanMs;
}

interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Times are compared with this slack, a share of the duration, so that equal instants are equal. */
const slack = 1e-7;

function arrivalTimes({ ratePerMs, arrivals }: InstanceTraffic, seed: number): () => number {
  const random = mulberry32(seed);
  let atMs = 0;
  let index = 0;
  return () => {
    index += 1;
    atMs = arrivals === 'even' ? index / ratePerMs : atMs - Math.log1p(-random()) / ratePerMs;
    return atMs;
  };
}

/** Mulberry32, a generator of 32 bits of state, in [0, 1). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface PeriodMeter {
  /** End of the billed period of an instance, as long as no request follows. */
  billedEndMs(instance: Instance): number;
  /** Whether a request at this time belongs to the billed period of an instance with nothing in flight. */
  goesOn(instance: Instance, atMs: number): boolean;
  /** Billed time within the window. */
  clippedMs(fromMs: number, toMs: number): number;
  readonly slackMs: number;
}

function periodMeter(
  { durationMs, concurrency }: InstanceTraffic,
  { stepMs, minimumMs }: InstanceBilling,
  window: Window,
): PeriodMeter {
  const slackMs = durationMs * slack;
  const requestsApart = concurrency === 1 && minimumMs <= stepMs;
  const billedEndMs = ({ fromMs, endMs }: Instance) =>
    fromMs + Math.max(minimumMs, Math.ceil((endMs - fromMs) / stepMs - slack) * stepMs);
  return {
    billedEndMs,
    goesOn: (instance, atMs) => !requestsApart && atMs < billedEndMs(instance) - slackMs,
    clippedMs: (fromMs, toMs) =>
      Math.max(0, Math.min(toMs, window.toMs) - Math.max(fromMs, window.fromMs)),
    slackMs,
  };
}

interface Instance {
  inFlight: number;
  /** Begin of the billed period. */
  fromMs: number;
  /** End of the last request in it. */
  endMs: number;
}

class InstancePool {
  readonly #concurrency: number;
  readonly #meter: PeriodMeter;
  readonly #instances: Instance[] = [];
  /** Instances whose billed period goes on, by the number of requests in flight, below the concurrency. */
  readonly #atLevel: readonly BitSet[];
  /** Concurrency less each level above zero that has an instance. */
  readonly #levels = new BitSet();
  readonly #inactive: number[] = [];
  /** Instance and end of each request in flight, the first to end first. */
  #ends: { readonly endMs: number; readonly id: number }[] = [];
  #ended = 0;
  #billedMs = 0;

  constructor(concurrency: number, meter: PeriodMeter) {
    this.#concurrency = concurrency;
    this.#meter = meter;
    this.#atLevel = Array.from({ length: concurrency }, () => new BitSet());
  }

  serve(atMs: number, durationMs: number): void {
    this.#endRequests(atMs + this.#meter.slackMs);
    const id = this.#busiestWithRoom() ?? this.#idle(atMs) ?? this.#activate(atMs);
    const instance = this.#instances[id];
    if (instance === undefined) return;
    instance.endMs = atMs + durationMs;
    this.#ends.push({ endMs: instance.endMs, id });
    this.#move(id, instance, 1);
  }

  billedMs(): number {
    const inactive = new Set(this.#inactive);
    this.#instances.filter((_, id) => !inactive.has(id)).forEach((each) => this.#bill(each));
    return this.#billedMs;
  }

  #endRequests(untilMs: number): void {
    let next = this.#ends[this.#ended];
    while (next !== undefined && next.endMs <= untilMs) {
      const instance = this.#instances[next.id];
      if (instance !== undefined) this.#move(next.id, instance, -1);
      this.#ended += 1;
      next = this.#ends[this.#ended];
    }
    if (this.#ended < 65_536) return;
    this.#ends = this.#ends.slice(this.#ended);
    this.#ended = 0;
  }

  #busiestWithRoom(): number | undefined {
    const level = this.#levels.first();
    return level === undefined ? undefined : this.#atLevel[this.#concurrency - level]?.first();
  }

  /** The first instance that has nothing in flight and is billed nevertheless. */
  #idle(atMs: number): number | undefined {
    const idle = this.#atLevel[0];
    for (let id = idle?.first(); id !== undefined; id = idle?.first()) {
      const instance = this.#instances[id];
      if (instance === undefined) return undefined;
      if (this.#meter.goesOn(instance, atMs)) return id;
      this.#bill(instance);
      idle?.delete(id);
      this.#inactive.push(id);
    }
    return undefined;
  }

  #activate(fromMs: number): number {
    const started = { inFlight: 0, fromMs, endMs: fromMs };
    const id = this.#inactive.pop() ?? this.#instances.length;
    this.#instances[id] = started;
    return id;
  }

  #bill(instance: Instance): void {
    this.#billedMs += this.#meter.clippedMs(instance.fromMs, this.#meter.billedEndMs(instance));
  }

  #move(id: number, instance: Instance, by: number): void {
    const left = this.#atLevel[instance.inFlight];
    left?.delete(id);
    if (left?.size === 0) this.#levels.delete(this.#concurrency - instance.inFlight);
    instance.inFlight += by;
    this.#atLevel[instance.inFlight]?.add(id);
    if (instance.inFlight > 0 && instance.inFlight < this.#concurrency) {
      this.#levels.add(this.#concurrency - instance.inFlight);
    }
  }
}

/** Small whole numbers, of which the least is found fast. */
class BitSet {
  size = 0;
  readonly #words: number[] = [];

  add(value: number): void {
    const word = value >>> 5;
    while (this.#words.length <= word) this.#words.push(0);
    const before = this.#words[word] ?? 0;
    const after = before | (1 << (value & 31));
    if (after !== before) this.size += 1;
    this.#words[word] = after;
  }

  delete(value: number): void {
    const word = value >>> 5;
    const before = this.#words[word] ?? 0;
    const after = before & ~(1 << (value & 31));
    if (after !== before) this.size -= 1;
    this.#words[word] = after;
  }

  first(): number | undefined {
    for (let word = 0; word < this.#words.length; word += 1) {
      const bits = this.#words[word] ?? 0;
      if (bits !== 0) return word * 32 + 31 - Math.clz32(bits & -bits);
    }
    return undefined;
  }
}
