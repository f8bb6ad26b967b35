/**
 * Milliseconds of a .NET `TimeSpan` text (`[-][d.]hh:mm[:ss[.fffffff]]`, or whole days), `undefined` if
 * it is none. As in .NET, hours must be below 24, except that `24:00:00` and above is read as days.
 * https://learn.microsoft.com/dotnet/api/system.timespan.parse
 */
export function parseTimeSpan(text: string): number | undefined {
  const wholeDays = /^\s*(-?)(\d{1,8})\s*$/.exec(text);
  if (wholeDays !== null) return signed(wholeDays[1], Number(wholeDays[2]) * dayMs);
  const parts =
    /^\s*(-?)(?:(\d{1,8})[.:](?=\d+:\d+:))?(\d{1,8}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?\s*$/.exec(
      text,
    );
  if (parts === null) return undefined;
  const [, sign, days, first, second, third, fraction] = parts;
  const beginsWithDays = days === undefined && Number(first) >= 24 && third !== undefined;
  if (beginsWithDays && fraction !== undefined) return undefined;
  const ms = toMs(beginsWithDays ? [first, second, third] : [days, first, second, third]);
  return ms === undefined ? undefined : signed(sign, ms + Number(`0.${fraction ?? 0}`) * 1000);
}

/** Days, hours, minutes and seconds in milliseconds; `undefined` where one has too many. */
function toMs(texts: readonly (string | undefined)[]): number | undefined {
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = texts.map((text) => Number(text ?? 0));
  if (hours >= 24 || minutes >= 60 || seconds >= 60) return undefined;
  return days * dayMs + hours * hourMs + minutes * minuteMs + seconds * 1000;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

function signed(sign: string | undefined, value: number): number {
  return sign === '-' ? -value : value;
}
