import { parseSchedule, type Schedule } from './schedule.ts';
import { localZone, type Zone, zoneOf } from './zone.ts';

/** Thrown when the schedule of a timer cannot be understood. */
class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
}

/** The schedule of a timer's binding, with the text it was read from. */
export interface TimerSchedule {
  readonly schedule: Schedule;
  readonly text: string;
  readonly zone: Zone;
}

/** Reads the schedule of a timer's binding; `%NAME%` is a setting. Throws `ScheduleError`. */
export function scheduleOf(
  binding: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string>>,
): TimerSchedule {
  const raw = binding['schedule'];
  const name = /^%(.+)%$/.exec(typeof raw === 'string' ? raw.trim() : '')?.[1];
  const text = name === undefined ? raw : env[name];
  if (typeof text !== 'string' || text.trim() === '') {
    throw new ScheduleError(
      name === undefined
        ? `The schedule must be a text; it is ${JSON.stringify(raw) ?? 'missing'}.`
        : `'%${name}%' does not resolve to a value: set ${name} in local.settings.json or the environment.`,
    );
  }
  const zone = zoneFrom(env);
  const schedule = parseSchedule(text, zone);
  if (schedule === undefined) {
    throw new ScheduleError(
      `The schedule expression '${text}' was not recognized as a valid cron expression or timespan string.`,
    );
  }
  return { schedule, text, zone };
}

/** `TZ`, or Azure's `WEBSITE_TIME_ZONE` where it is a name that is known here. */
function zoneFrom(env: Readonly<Record<string, string>>): Zone {
  const name = env['TZ'] ?? env['WEBSITE_TIME_ZONE'];
  if (name === undefined || name === '' || name === process.env['TZ']) return localZone;
  return zoneOf(name.replace(/^:/, '')) ?? localZone;
}
