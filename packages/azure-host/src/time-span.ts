/**
 * Milliseconds of a .NET `TimeSpan` text (`[-][d.]hh:mm[:ss[.fffffff]]`, or whole days), `undefined` if
 * it is none. As in .NET, hours must be below 24, except that `24:00:00` and above is read as days.
 * https://learn.microsoft.com/dotnet/api/system.timespan.parse
 */
export function parseTimeSpan(text: string): number | undefined {
  const days = /^\s*(-?)(\d{1,8})\s*$/.exec(text);
  if (days !== null) return signed(days[1], Number(days[2]) * dayMs);
  const parts =
    /^\s*(-?)(?:(\d{1,8})[.:](?=\d+:\d+:))?(\d{1,8}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?\s*$/.exec(
      text,
    );
  if (parts === null) return undefined;
  const [, sign, dayText, first = '0', second = '0', third, fraction] = parts;
  const hours = Number(first);
  const minutes = Number(second);
  const seconds = Number(third ?? 0);
  const fractionMs = fraction === undefined ? 0 : Number(`0.${fraction}`) * 1000;
  if (dayText === undefined && hours >= 24 && third !== undefined) {
    if (minutes >= 24 || seconds >= 60 || fraction !== undefined) return undefined;
    return signed(sign, hours * dayMs + minutes * hourMs + seconds * minuteMs);
  }
  if (hours >= 24 || minutes >= 60 || seconds >= 60) return undefined;
  const time = hours * hourMs + minutes * minuteMs + seconds * 1000 + fractionMs;
  return signed(sign, Number(dayText ?? 0) * dayMs + time);
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

function signed(sign: string | undefined, value: number): number {
  return sign === '-' ? -value : value;
}
