import type { IndexedFunction } from './function-index.ts';
import type { HostContext } from './host-context.ts';
import { execute } from './invoker.ts';
import type { Input } from './messages.ts';
import type { Schedule } from './timers/schedule.ts';
import { startTimer, timerJson } from './timers/timer.ts';
import { scheduleOf } from './timers/timer-schedule.ts';

/** Starts what runs without a request: timers and the warm-up. The returned function stops it. */
export function startTriggers(context: HostContext): () => void {
  const stops: (() => void)[] = [];
  for (const target of context.app.functions) {
    if (!target.isRunnable || target.shown.isDisabled) continue;
    if (target.kind === 'warmup') {
      void runData(context, target, { kind: 'json', json: '{}' }, 'The host warms up.');
    }
    if (target.kind === 'timer') stops.push(startOne(context, target));
  }
  return () => {
    for (const stop of stops) stop();
  };
}

/** Runs a function that no request starts, and reports the invocation. */
export async function runData(
  context: HostContext,
  target: IndexedFunction,
  input: Input,
  reason: string,
): Promise<void> {
  const { id, ended, coldStart, durationMs } = await execute(context, { target, input, reason });
  context.options.onInvocation?.({
    id,
    functionName: target.shown.name,
    trigger: target.kind === 'timer' ? 'timer' : 'other',
    succeeded: ended.ok,
    coldStart,
    durationMs,
    bytesIn: 0,
    bytesOut: 0,
  });
}

/** The timer's JSON for a run that a person asked for. */
export function manualTimerJson(context: HostContext, target: IndexedFunction): string {
  const { schedule, text, zone } = scheduleOf(target.triggerBinding, context.app.settings.env);
  const now = Date.now();
  const next = schedule.next(now);
  const known = context.timerStatus.get(`${target.shown.name} ${text}`);
  const status = known ?? (next === undefined ? undefined : { next });
  return timerJson({ isMonitored: isMonitored(target, schedule, now), zone }, status, false);
}

function startOne(context: HostContext, target: IndexedFunction): () => void {
  const { schedule, text, zone } = scheduleOf(target.triggerBinding, context.app.settings.env);
  const key = `${target.shown.name} ${text}`;
  return startTimer({
    schedule,
    zone,
    runOnStartup: target.triggerBinding['runOnStartup'] === true,
    isMonitored: isMonitored(target, schedule, Date.now()),
    status: context.timerStatus.get(key),
    onStatus: (status) => context.timerStatus.set(key, status),
    run: (json, firedAt) =>
      runData(
        context,
        target,
        { kind: 'json', json },
        `Timer fired at ${firedAt.toISOString().replace('Z', '+00:00')}`,
      ),
  });
}

function isMonitored(target: IndexedFunction, schedule: Schedule, now: number): boolean {
  return target.triggerBinding['useMonitor'] !== false && !schedule.isSubMinute(now);
}
