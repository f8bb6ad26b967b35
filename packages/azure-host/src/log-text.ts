import type { HostLogLine } from './host-types.ts';

/** A log line as a terminal shows it: the time, what it belongs to, and the level where it matters. */
export function formatLogLine(line: HostLogLine, now: Date = new Date()): string {
  const level = line.level === 'information' ? '' : `${line.level}: `;
  return `[${now.toISOString()}] ${level}${line.message}`;
}
