import type { Driver } from './driver.ts';
import type { LogLine } from './log-entry.ts';
import type { Run } from './run.ts';

export interface LogOptions {
  /** Unix time in milliseconds. */
  readonly sinceMs: number;
  /** Continues until the signal is aborted. */
  readonly follow: boolean;
}

/** An entry may reach the log this much later than a newer one: that far back is read again. */
const lateMs = 30_000;

/** The function's log, the oldest line first. */
export async function* readLogs<S extends Run, T>(
  { logs }: Pick<Driver<S, T>, 'logs'>,
  session: S,
  { sinceMs, follow }: LogOptions,
): AsyncGenerator<LogLine> {
  const { signal, timing } = session;
  let seen: ReadonlyMap<string, number> = new Map();
  let newestMs = sinceMs;
  for (;;) {
    const entries = await logs.read(session, Math.max(sinceMs, newestMs - lateMs));
    for (const { id, atMs, text } of entries) {
      if (seen.has(id)) continue;
      newestMs = Math.max(newestMs, atMs);
      yield { at: new Date(atMs).toISOString(), text: text.replace(/\r?\n$/, '') };
    }
    const oldestMs = newestMs - lateMs;
    const times = entries.map(({ id, atMs }): [string, number] => [id, atMs]);
    seen = new Map([...seen, ...times].filter(([, atMs]) => atMs >= oldestMs));
    if (!follow) return;
    await timing.wait(logs.intervalMs, signal);
  }
}
