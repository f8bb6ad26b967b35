/** How a measured value compares with what it must reach and what it aims at. */
export type Verdict = 'reaches the aim' | 'reaches the must' | 'falls short' | 'not measured';

/** One row of the table that `npm run bench` prints, its cells ready to be read. */
export interface Figure {
  readonly figure: string;
  readonly must: string;
  readonly aim: string;
  readonly measured: string;
  /** How it was measured, told below the table. */
  readonly note?: string;
  readonly verdict: Verdict;
}

/** A value with the bounds it is held against. */
export interface Measurement {
  readonly figure: string;
  /** `null` where this machine cannot tell; say why in `note`. */
  readonly value: number | null;
  readonly must: number;
  readonly aim: number;
  /** Printed behind every number, such as `ms`, `MB` or `×`. */
  readonly unit: string;
  /** What is better: `lower` unless said otherwise. */
  readonly better?: 'lower' | 'higher';
  /** Digits behind the decimal point, 0 unless said otherwise. */
  readonly digits?: number;
  /** How it was measured, or what it was measured against, in a few words. */
  readonly note?: string;
}

/** The row of a measurement: bounds and value in one unit, and the verdict. */
export function toFigure(measurement: Measurement): Figure {
  const { figure, value, must, aim, unit, note } = measurement;
  const inUnit = (n: number) =>
    `${n.toFixed(measurement.digits ?? 0)}${unit === '×' ? '' : ' '}${unit}`;
  return {
    figure,
    must: inUnit(must),
    aim: inUnit(aim),
    measured: value === null ? 'not measured' : inUnit(value),
    verdict: verdictOf(measurement),
    ...(note === undefined ? {} : { note }),
  };
}

function verdictOf({ value, must, aim, better = 'lower' }: Measurement): Verdict {
  if (value === null) return 'not measured';
  const reaches = (bound: number) => (better === 'lower' ? value <= bound : value >= bound);
  if (reaches(aim)) return 'reaches the aim';
  return reaches(must) ? 'reaches the must' : 'falls short';
}

/** The middle value of an odd or even number of samples. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('no samples');
  return (lower + upper) / 2;
}
