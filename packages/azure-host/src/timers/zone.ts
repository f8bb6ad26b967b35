/** The offset of local time from UTC. */
export interface Zone {
  /** Milliseconds to add to UTC at this moment. */
  offsetMs(utcMs: number): number;
}

/** The clocks of this machine (or of its `TZ`). */
export const localZone: Zone = {
  offsetMs: (utcMs) => -new Date(utcMs).getTimezoneOffset() * 60_000,
};

/** The clocks of a zone by its IANA name; `undefined` if there is no such zone. */
export function zoneOf(name: string): Zone | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  } catch {
    return undefined;
  }
  return {
    offsetMs(utcMs) {
      const text = format.formatToParts(utcMs).find((part) => part.type === 'timeZoneName')?.value;
      const parts = /([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(text ?? '');
      if (parts === null) return 0;
      const seconds = Number(parts[2]) * 3600 + Number(parts[3]) * 60 + Number(parts[4] ?? 0);
      return (parts[1] === '-' ? -seconds : seconds) * 1000;
    },
  };
}

/** The moments at which a zone's clocks show this wall time, in order: none in a gap, two in a repeated hour. */
export function momentsOf(zone: Zone, wallMs: number): readonly number[] {
  const dayMs = 86_400_000;
  const offsets = new Set([zone.offsetMs(wallMs - dayMs), zone.offsetMs(wallMs + dayMs)]);
  return [...offsets]
    .map((offset) => wallMs - offset)
    .filter((moment) => zone.offsetMs(moment) === wallMs - moment)
    .sort((left, right) => left - right);
}
