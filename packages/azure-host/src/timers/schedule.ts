import { parseTimeSpan } from '../time-span.ts';
import { type Ncrontab, nextWallTime, parseNcrontab } from './ncrontab.ts';
import { momentsOf, type Zone } from './zone.ts';

/** When a timer fires. */
export interface Schedule {
  /** The next moment (UTC milliseconds) after `afterMs`; `undefined` if there is none. */
  next(afterMs: number): number | undefined;
  /** Fires more than once a minute, for which Azure keeps no status. */
  isSubMinute(nowMs: number): boolean;
}

/** A schedule from NCRONTAB or, failing that, a `TimeSpan`; `undefined` if it is neither. */
export function parseSchedule(text: string, zone: Zone): Schedule | undefined {
  const cron = parseNcrontab(text);
  if (cron !== undefined) {
    const next = (afterMs: number): number | undefined => nextMoment(cron, zone, afterMs);
    return {
      next,
      isSubMinute(nowMs) {
        const first = next(nowMs);
        const second = first === undefined ? undefined : next(first);
        return second !== undefined && second < nowMs + 60_000;
      },
    };
  }
  const intervalMs = parseTimeSpan(text);
  if (intervalMs === undefined || intervalMs <= 0) return undefined;
  return {
    next: (afterMs) => afterMs + intervalMs,
    isSubMinute: () => intervalMs < 60_000,
  };
}

/**
 * The rules for clocks that change are those of `CronSchedule.GetNextOccurrence` in
 * azure-webjobs-sdk-extensions: in a repeated hour a schedule at fixed times fires once (the first time
 * the clocks show it), one with intervals goes on as usual; what falls into a gap fires an hour later.
 */
function nextMoment(cron: Ncrontab, zone: Zone, nowMs: number): number | undefined {
  const nowOffset = zone.offsetMs(nowMs);
  const wall = nextWallTime(cron, nowMs + nowOffset);
  if (wall === undefined) return undefined;
  const next = toStandardTime(zone, wall);
  const nextOffset = zone.offsetMs(next);
  const isNextAmbiguous = momentsOf(zone, wall).length > 1;
  const change = nextOffset - nowOffset;
  if (!cron.isInterval && isNextAmbiguous) {
    return change === 0 ? afterAmbiguity(cron, zone, wall) : next + change;
  }
  const isNowAmbiguous = momentsOf(zone, nowMs + nowOffset).length > 1;
  if (cron.isInterval && (isNowAmbiguous || isNextAmbiguous) && change !== 0) return next + change;
  return next;
}

/** Of two moments the later one; a time in a gap is read with the offset before it. */
function toStandardTime(zone: Zone, wall: number): number {
  return momentsOf(zone, wall).at(-1) ?? wall - zone.offsetMs(wall - 86_400_000);
}

function afterAmbiguity(cron: Ncrontab, zone: Zone, start: number): number | undefined {
  let wall: number | undefined = start;
  while (wall !== undefined && momentsOf(zone, wall).length > 1) wall = nextWallTime(cron, wall);
  return wall === undefined ? undefined : toStandardTime(zone, wall);
}
