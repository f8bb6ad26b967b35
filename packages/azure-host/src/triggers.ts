import type { IndexedFunction } from './function-index.ts';
import { execute, type InvokerContext } from './invoker.ts';
import type { HostOptions } from './host-types.ts';
import type { Input } from './messages.ts';
import type { Schedule } from './timers/schedule.ts';
import { type ScheduleStatus, startTimer, timerJson } from './timers/timer.ts';
import { scheduleOf } from './timers/timer-schedule.ts';

/** What the triggers need of the host. */
export interface TriggerContext extends InvokerContext {
  readonly functions: readonly IndexedFunction[];
  readonly settings: { readonly env: Readonly<Record<string, string>> };
  /** When timers ran, kept while the host lives. */
  readonly timerStatus: Map<string, ScheduleStatus>;
  readonly options: Pick<HostOptions, 'onInvocation'>;
}

/** Starts what runs without a request: timers and the warm-up. The answer stops it. */
export function startTriggers(context: TriggerContext): () => void {
  const stops: (() => void)[] = [];
  for (const target of context.functions) {
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

/** Runs a function that is not started by a request, and reports it. */
export async function runData(
  context: TriggerContext,
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
export function manualTimerJson(context: TriggerContext, target: IndexedFunction): string {
  const { schedule, text, zone } = scheduleOf(target.triggerBinding, context.settings.env);
  const now = Date.now();
  const next = schedule.next(now);
  const known = context.timerStatus.get(`${target.shown.name} ${text}`);
  const status = known ?? (next === undefined ? undefined : { next });
  return timerJson({ isMonitored: isMonitored(target, schedule, now), zone }, status, false);
}

function startOne(context: TriggerContext, target: IndexedFunction): () => void {
  const { schedule, text, zone } = scheduleOf(target.triggerBinding, context.settings.env);
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
