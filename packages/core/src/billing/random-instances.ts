import {
  shortestPeriodMs,
  type InstanceBilling,
  type InstanceTraffic,
} from './instance-traffic.ts';

/**
 * Billed instances on average under random arrivals, by the model of docs/decisions/0026-instance-time.md: exact where
 * one instance serves everything, an approximation elsewhere. It does not fall while the rate grows.
 */
export function randomInstances(traffic: InstanceTraffic, billing: InstanceBilling): number {
  const { ratePerMs, concurrency } = traffic;
  const server = serverOf(traffic, billing);
  const inFlight = ratePerMs * server.durationMs;
  const largest = largestSummed(concurrency);
  const instances =
    inFlight <= largest
      ? sumOfShares(inFlight, server)
      : inFlight / concurrency +
        (sumOfShares(largest, server) - largest / concurrency) * Math.sqrt(inFlight / largest);
  const eachByItself = ratePerMs * server.shortestMs;
  const bounded = Math.min(instances, eachByItself);
  // Below that a float's last digits would fall now and then.
  return Number(bounded.toPrecision(12));
}

interface Server {
  readonly concurrency: number;
  readonly durationMs: number;
  readonly stepMs: number;
  /** Billed time of a period of one request. */
  readonly shortestMs: number;
  readonly clustering: number;
}

function serverOf(traffic: InstanceTraffic, billing: InstanceBilling): Server {
  const { concurrency } = traffic;
  // A shorter one is billed alike, and its share of a month may be zero in floating point.
  const durationMs = Math.max(traffic.durationMs, 1e-6);
  const shortestMs = shortestPeriodMs(durationMs, billing);
  const idleShare = 1 - durationMs / shortestMs;
  // Fitted to the simulation: within 8.2 % with it, 23 % without.
  const clustering = 1 + (2 / Math.sqrt(concurrency)) * idleShare;
  return { concurrency, durationMs, stepMs: billing.stepMs, shortestMs, clustering };
}

/** With more in flight, time beyond full instances is taken to grow with the square root, as it does there. */
function largestSummed(concurrency: number): number {
  return Math.max(20_000, 200 * concurrency);
}

/**
 * Sum of the billed shares of the first instance, the second, and so on; a request goes to the first with room. Those
 * eight standard deviations below the mean in flight are always billed.
 */
function sumOfShares(inFlight: number, server: Server): number {
  const { concurrency } = server;
  const deviation = Math.sqrt(inFlight);
  const full = Math.max(0, Math.floor((inFlight - 8 * deviation) / concurrency));
  const slots = slotsFrom(Math.floor(full * concurrency - 4 * deviation), inFlight);
  addSlots(slots, full * concurrency - slots.count, inFlight);
  for (let instances = full; ;) {
    const { overflow } = slots;
    const billed = billedShare(slots, inFlight, server);
    addSlots(slots, concurrency, inFlight);
    const share = Math.max((overflow - slots.overflow) / concurrency, billed);
    instances += share;
    if (slots.count > inFlight && share < instances * 1e-16) return instances;
  }
}

/** The first slots of all, and the work that they leave over (Erlang's loss system). */
interface Slots {
  count: number;
  /** In flight beyond these slots: inFlight x Erlang B. */
  overflow: number;
  /** Free slots on average. */
  free: number;
}

/** Accurate at 0; elsewhere, far below the mean, an estimate whose error vanishes after four deviations. */
function slotsFrom(count: number, inFlight: number): Slots {
  if (count <= 0) return { count: 0, overflow: inFlight, free: 0 };
  const free = count / (inFlight - count);
  return { count, overflow: inFlight - count + free, free };
}

function addSlots(slots: Slots, added: number, inFlight: number): void {
  const until = slots.count + added;
  let { overflow, free } = slots;
  for (let slot = slots.count + 1; slot <= until; slot += 1) {
    const scale = 1 / (slot + overflow);
    // Without a difference, so that no digit is lost.
    free = slot * (free + 1) * scale;
    overflow = inFlight * overflow * scale;
  }
  slots.count = until;
  slots.overflow = overflow;
  slots.free = free;
}

/**
 * Billed share of an instance above these slots. What they leave over comes in clusters of the size of its
 * peakedness (variance by mean, Wilkinson): it is taken as fewer requests at random (Hayward).
 */
function billedShare({ overflow, free }: Slots, inFlight: number, server: Server): number {
  const peakedness = 1 - overflow + inFlight / (free + 1);
  const offered = overflow / (1 + (peakedness - 1) * server.clustering);
  const ratePerMs = offered / server.durationMs;
  const active = ratePerMs * (server.shortestMs + extensionMs(offered, server));
  return active === Number.POSITIVE_INFINITY ? 1 : active / (1 + active);
}

/**
 * Mean time by which further requests extend a billed period. It ends at the first step after the shortest period at
 * which nothing has arrived for one duration: step x the sum over steps within a duration of e^(rate x rest) - 1.
 * With few slots, the share of it that requests beyond the slots have does not count.
 */
function extensionMs(offered: number, server: Server): number {
  const { concurrency, durationMs, stepMs } = server;
  const served = exponentialTerms(offered, concurrency);
  if (served === 0) return 0;
  const perStep = (offered * stepMs) / durationMs;
  const steps = Math.ceil(Math.ceil(durationMs) / stepMs);
  if (offered > 600) return (stepMs / -Math.expm1(-perStep)) * served;
  const sum = (Math.exp(offered) * Math.expm1(-perStep * steps)) / Math.expm1(-perStep) - steps;
  return (stepMs * sum * served) / exponentialTerms(offered, Number.POSITIVE_INFINITY);
}

/** Terms 2 to `last` of the series of e^x. */
function exponentialTerms(x: number, last: number): number {
  let term = x;
  let sum = 0;
  for (let index = 2; index <= last; index += 1) {
    term *= x / index;
    sum += term;
    if (term < sum * 1e-17 || term === 0) break;
  }
  return sum;
}
