import type { InstanceBilling, InstanceTraffic } from '../instance-traffic.ts';
import { simulateInstances } from './simulate-instances.ts';

/** Where the model is compared with the simulation. */
export interface Cell {
  readonly concurrency: number;
  readonly inFlight: number;
  readonly durationMs: number;
  readonly minimumMs: number;
}

/** What the simulation says of a cell. */
export interface SimulatedCell extends Cell {
  readonly instances: number;
  /** Standard error of the mean, as a share of it. */
  readonly error: number;
}

export const cellSeeds = [1, 2, 3, 4];

export function trafficOf({ inFlight, durationMs, concurrency }: Cell): InstanceTraffic {
  return { ratePerMs: inFlight / durationMs, durationMs, concurrency, arrivals: 'random' };
}

export function billingOf({ minimumMs }: Cell): InstanceBilling {
  return { stepMs: 100, minimumMs };
}

/** Simulates a cell once for each seed. */
export function simulateCell(cell: Cell, arrivals: number): SimulatedCell {
  const means = cellSeeds.map((seed) =>
    simulateInstances(trafficOf(cell), billingOf(cell), { seed, arrivals }),
  );
  const mean = means.reduce((sum, each) => sum + each, 0) / means.length;
  const squares = means.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const error = Math.sqrt(squares / (means.length * (means.length - 1))) / mean;
  return { ...cell, instances: rounded(mean), error: rounded(error) };
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** Every combination of these values; concurrency 1 without a minimum is exact and needs no simulation. */
export function cells(values: {
  readonly concurrency: readonly number[];
  readonly inFlight: readonly number[];
  readonly durationMs: readonly number[];
}): readonly Cell[] {
  return values.concurrency.flatMap((concurrency) =>
    values.inFlight.flatMap((inFlight) =>
      values.durationMs.flatMap((durationMs) =>
        (concurrency === 1 ? [1000] : [0, 1000]).map((minimumMs) => ({
          concurrency,
          inFlight,
          durationMs,
          minimumMs,
        })),
      ),
    ),
  );
}
