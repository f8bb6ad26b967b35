import type { Arrivals } from './instance-traffic.ts';

interface PeakTraffic {
  /** Requests in flight on average while traffic is on. */
  readonly inFlight: number;
  readonly concurrency: number;
  readonly arrivals: Arrivals;
}

const acceptedShare = 0.01;

/**
 * Instances that are billed by the hour, whatever they serve: so many that below 1 % of random requests find none with
 * room (Erlang B), or that every even request finds one; at least one.
 */
export function provisionedInstances({ inFlight, concurrency, arrivals }: PeakTraffic): number {
  if (arrivals === 'even') {
    // A product of floats is not above the whole number that it means.
    const places = Math.ceil(Number(inFlight.toPrecision(12)));
    return Math.max(1, Math.ceil(places / concurrency));
  }
  // With so many slots the share is still at least 1 %; about a hundred more are enough.
  let slots = Math.floor(((1 - acceptedShare) * inFlight) / concurrency) * concurrency;
  let share = erlangB(slots, inFlight);
  while (share >= acceptedShare) {
    for (const last = slots + concurrency; slots < last;) {
      slots += 1;
      share = (inFlight * share) / (slots + inFlight * share);
    }
  }
  return slots / concurrency;
}

/**
 * Share of random requests that find every slot taken (Erlang B). Takes a few thousand steps while there are fewer slots
 * than 99 % of the requests in flight, whatever their number.
 */
export function erlangB(slots: number, inFlight: number): number {
  let term = 1;
  let sum = 1;
  for (let free = slots; free > 0 && term > sum * 1e-17; free -= 1) {
    term *= free / inFlight;
    sum += term;
  }
  return 1 / sum;
}

/** Requests in flight, to about twelve digits, from which on so many slots are not enough. */
export function mostInFlight(slots: number): number {
  let inFlight = slots;
  for (let step = 0; step < 50; step += 1) {
    const share = erlangB(slots, inFlight);
    // Newton's method; the share grows with the requests in flight by share x (slots / inFlight - 1 + share).
    const change = (share - acceptedShare) / (share * (slots / inFlight - 1 + share));
    inFlight -= change;
    if (Math.abs(change) < inFlight * 1e-13) break;
  }
  return inFlight;
}
