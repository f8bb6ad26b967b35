/** A request as it came in, in whole milliseconds from wherever one counts. */
interface Arrival {
  readonly atMs: number;
  readonly durationMs: number;
}

/** How instances serve, and how their time is billed. */
interface InstanceTimeOptions {
  /** How many requests an instance serves at the same time. */
  readonly concurrency: number;
  /** Each stretch of work is rounded up to whole steps. */
  readonly stepMs: number;
}

/**
 * The billed time of all instances together: an instance is billed once while at least one request is in it. A request
 * goes to the first instance that has room, and to a new one where none has; so there are as few as can be.
 */
export function instanceTimeMs(
  arrivals: readonly Arrival[],
  { concurrency, stepMs }: InstanceTimeOptions,
): number {
  const instances: Instance[] = [];
  for (const { atMs, durationMs } of arrivals.toSorted(byTime)) {
    const endMs = atMs + durationMs;
    let instance = instances.find((each) => hasRoom(each, atMs, concurrency));
    if (instance === undefined) {
      instance = { endsMs: [], fromMs: atMs, toMs: atMs, billedMs: 0 };
      instances.push(instance);
    }
    instance.endsMs.push(endMs);
    // What the rounding has billed already is not billed once more.
    if (atMs > instance.fromMs + billed(instance, stepMs)) {
      instance.billedMs += billed(instance, stepMs);
      instance.fromMs = atMs;
    }
    instance.toMs = Math.max(instance.toMs, endMs);
  }
  return instances.reduce((sum, each) => sum + each.billedMs + billed(each, stepMs), 0);
}

interface Instance {
  /** When each request in it ends. */
  endsMs: number[];
  /** The stretch of work that is going on. */
  fromMs: number;
  toMs: number;
  /** Of the stretches before it. */
  billedMs: number;
}

function byTime(a: Arrival, b: Arrival): number {
  return a.atMs - b.atMs || a.durationMs - b.durationMs;
}

function hasRoom(instance: Instance, atMs: number, concurrency: number): boolean {
  if (instance.endsMs.length < concurrency) return true;
  instance.endsMs = instance.endsMs.filter((endMs) => endMs > atMs);
  return instance.endsMs.length < concurrency;
}

function billed({ fromMs, toMs }: Instance, stepMs: number): number {
  return Math.ceil((toMs - fromMs) / stepMs) * stepMs;
}
