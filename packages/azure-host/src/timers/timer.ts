import type { Schedule } from './schedule.ts';
import type { Zone } from './zone.ts';

/** The last and the next run of a timer, in UTC milliseconds. */
export interface ScheduleStatus {
  readonly last?: number;
  readonly next: number;
}

/** A timer function that is to be run on time. */
export interface TimerOptions {
  readonly schedule: Schedule;
  readonly zone: Zone;
  readonly runOnStartup: boolean;
  /** Passes the time of the last run to the function. */
  readonly isMonitored: boolean;
  /** The status from before a restart. */
  readonly status: ScheduleStatus | undefined;
  readonly onStatus: (status: ScheduleStatus) => void;
  /** Runs the function with this JSON as its timer; resolves when it has ended. */
  readonly run: (timerJson: string, firedAt: Date) => Promise<unknown>;
  readonly now?: () => number;
}

/** `setTimeout` fires at once for anything longer; Azure's host waits in steps of 24 days as well. */
const longestWaitMs = 24 * 86_400_000;

/**
 * Runs a function on schedule, never twice at once: the next wait starts when a run has ended, and a time
 * that passed meanwhile is made up for by one run at once
 * (TimerListener.cs of azure-webjobs-sdk-extensions). The answer stops it.
 */
export function startTimer(options: TimerOptions): () => void {
  const now = options.now ?? Date.now;
  let timeout: NodeJS.Timeout | undefined;
  let isStopped = false;
  let { status } = options;

  const fire = async (firedAt: number, isPastDue: boolean, isExtra: boolean): Promise<void> => {
    const json = timerJson(options, status, isPastDue);
    await options.run(json, new Date(firedAt)).catch(() => {});
    const counted = isExtra ? firedAt : Math.max(firedAt, status?.next ?? firedAt);
    const next = options.schedule.next(counted);
    status = next === undefined ? undefined : { last: counted, next };
    if (status !== undefined && options.isMonitored) options.onStatus(status);
  };

  const wait = (): void => {
    if (isStopped || status === undefined) return;
    const leftMs = status.next - now();
    timeout = setTimeout(
      () => {
        if (status !== undefined && status.next - now() > 5) wait();
        else void fire(now(), false, false).then(wait);
      },
      Math.min(Math.max(leftMs, 0), longestWaitMs),
    );
  };

  const start = async (): Promise<void> => {
    const startedAt = now();
    const isPastDue = options.isMonitored && status !== undefined && status.next < startedAt;
    if (status === undefined || !options.isMonitored) {
      const next = options.schedule.next(startedAt);
      status = next === undefined ? undefined : { next };
    }
    if (isPastDue) await fire(startedAt, true, true);
    else if (options.runOnStartup) await fire(startedAt, false, true);
    wait();
  };

  void start();
  return () => {
    isStopped = true;
    clearTimeout(timeout);
  };
}

/** The input of the function, as Newtonsoft.Json writes a `TimerInfo`; the library turns it into camel case. */
export function timerJson(
  options: Pick<TimerOptions, 'isMonitored' | 'zone'>,
  status: ScheduleStatus | undefined,
  isPastDue: boolean,
): string {
  const last = formatMoment(status?.last, options.zone);
  return JSON.stringify({
    Schedule: { AdjustForDST: true },
    ScheduleStatus:
      options.isMonitored && status !== undefined
        ? { Last: last, Next: formatMoment(status.next, options.zone), LastUpdated: last }
        : null,
    IsPastDue: isPastDue,
  });
}

/** Local time with its offset, never `Z`; what never was is the first day of .NET's calendar. */
function formatMoment(moment: number | undefined, zone: Zone): string {
  if (moment === undefined) return '0001-01-01T00:00:00+00:00';
  const offset = zone.offsetMs(moment);
  const [seconds = '', fraction = ''] = new Date(moment + offset)
    .toISOString()
    .slice(0, -1)
    .split('.');
  const text = fraction === '000' ? seconds : `${seconds}.${fraction.replace(/0+$/, '')}`;
  const minutes = Math.abs(Math.round(offset / 60_000));
  const hh = String(Math.floor(minutes / 60)).padStart(2, '0');
  const mm = String(minutes % 60).padStart(2, '0');
  return `${text}${offset < 0 ? '-' : '+'}${hh}:${mm}`;
}
