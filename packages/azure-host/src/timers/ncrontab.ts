/** A parsed NCRONTAB expression; each field holds the values at which it fires. */
export interface Ncrontab {
  readonly seconds: ReadonlySet<number>;
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** True if it fires repeatedly within a day (CronSchedule.cs of azure-webjobs-sdk-extensions). */
  readonly isInterval: boolean;
}

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/**
 * Parses five or six fields (with seconds in front); `undefined` if it is no NCRONTAB expression. Unlike
 * Vixie cron, both day fields must hold, Sunday is 0 only, and there is no `?`, `L`, `W`, `#` or `@daily`
 * (https://github.com/atifaziz/NCrontab/tree/d122d58).
 */
export function parseNcrontab(text: string): Ncrontab | undefined {
  const fields = text.trim().split(/\s+/);
  const parts = fields.length === 5 ? ['0', ...fields] : fields;
  const [seconds, minutes, hours, days, months, weekdays] = parts.map((part, index) => {
    const range = ranges[index];
    return range === undefined ? undefined : parseField(part, range);
  });
  if (
    parts.length !== 6 ||
    seconds === undefined ||
    minutes === undefined ||
    hours === undefined ||
    days === undefined ||
    months === undefined ||
    weekdays === undefined
  ) {
    return undefined;
  }
  const isInterval = parts.slice(0, 3).some((part) => /[*/-]/.test(part));
  return { seconds, minutes, hours, days, months, weekdays, isInterval };
}

/**
 * The first time after `after` at which the expression fires. Both are wall-clock times, expressed as the
 * milliseconds that a clock at UTC would show; `undefined` if it does not fire within a century.
 */
export function nextWallTime(schedule: Ncrontab, after: number): number | undefined {
  const time = new Date(Math.floor(after / 1000) * 1000 + 1000);
  const lastYear = time.getUTCFullYear() + 100;
  while (time.getUTCFullYear() <= lastYear) {
    if (!schedule.months.has(time.getUTCMonth() + 1)) {
      time.setUTCMonth(time.getUTCMonth() + 1, 1);
      time.setUTCHours(0, 0, 0, 0);
    } else if (!schedule.days.has(time.getUTCDate()) || !schedule.weekdays.has(time.getUTCDay())) {
      time.setUTCDate(time.getUTCDate() + 1);
      time.setUTCHours(0, 0, 0, 0);
    } else if (!schedule.hours.has(time.getUTCHours())) {
      time.setUTCHours(time.getUTCHours() + 1, 0, 0, 0);
    } else if (!schedule.minutes.has(time.getUTCMinutes())) {
      time.setUTCMinutes(time.getUTCMinutes() + 1, 0, 0);
    } else if (!schedule.seconds.has(time.getUTCSeconds())) {
      time.setUTCSeconds(time.getUTCSeconds() + 1, 0);
    } else {
      return time.getTime();
    }
  }
  return undefined;
}

interface Range {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const ranges: readonly Range[] = [
  { least: 0, most: 59 },
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: monthNames },
  { least: 0, most: 6, names: weekdayNames },
];

function parseField(text: string, range: Range): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const [span = '', stepText, ...more] = item.split('/');
    if (more.length > 0) return undefined;
    const step = stepText === undefined ? 1 : toWhole(stepText);
    if (step === undefined || step < 1) return undefined;
    const bounds = toBounds(span, range, stepText !== undefined);
    if (bounds === undefined) return undefined;
    for (let value = bounds[0]; value <= bounds[1]; value += step) values.add(value);
  }
  return values;
}

/** `a-b` is put in order when it is reversed; `n/step` runs from n to the end. */
function toBounds(
  text: string,
  range: Range,
  hasStep: boolean,
): readonly [number, number] | undefined {
  if (text === '*') return [range.least, range.most];
  const [from = '', to, ...more] = text.split('-');
  const first = toValue(from, range);
  const last = to === undefined ? first : toValue(to, range);
  if (first === undefined || last === undefined || more.length > 0) return undefined;
  if (to === undefined && hasStep) return [first, range.most];
  return [Math.min(first, last), Math.max(first, last)];
}

function toValue(text: string, range: Range): number | undefined {
  const number = toWhole(text);
  if (number !== undefined) {
    return number >= range.least && number <= range.most ? number : undefined;
  }
  if (text === '' || range.names === undefined) return undefined;
  const index = range.names.findIndex((name) => name.toLowerCase().startsWith(text.toLowerCase()));
  return index === -1 ? undefined : index + range.least;
}

function toWhole(text: string): number | undefined {
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}
