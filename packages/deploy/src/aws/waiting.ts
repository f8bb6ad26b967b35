import { setTimeout as pause } from 'node:timers/promises';
import type { CloudFormation, StackEvent } from '@aws-sdk/client-cloudformation';
import type { OnStep } from '../engine/step.ts';
import type { Access } from './access.ts';
import { eventsAfter, progressOf } from './events.ts';
import { describe, isBusy } from './stack.ts';

/** A step that is told while a stack changes. */
export interface Watch {
  readonly step: string;
  /** The newest event before the change; null where there was none. */
  readonly after: string | null;
  /** How many resources change, where that is known. */
  readonly of: number | null;
}

const looksBeforeBegun = 15;

/** Waits until nothing changes a stack any more, and tells how far it is; its status, `DELETE_COMPLETE` when it is gone. */
export async function whenDone(
  { context, pace }: Access,
  cf: CloudFormation,
  stack: string,
  watch: Watch,
): Promise<string> {
  const { signal, onStep } = context;
  for (let look = 0; ; look += 1) {
    const status = (await describe(cf, stack, signal))?.StackStatus ?? 'DELETE_COMPLETE';
    if (status === 'DELETE_COMPLETE') return status;
    // Right after it was asked for, a change may not have begun: the status is still the one from before.
    const events = await eventsAfter(cf, stack, watch.after);
    if (!isBusy(status) && (events.length > 0 || look >= looksBeforeBegun)) return status;
    tell(events, watch, onStep);
    await pause(pace.pollMs, undefined, { signal });
  }
}

/** Tells how far a change is until it is stopped. What cannot be asked is not told: who makes the change says why. */
export function watching(
  { context, pace }: Access,
  cf: CloudFormation,
  stack: string,
  current: () => Watch | null,
): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const run = async () => {
    while (!stopped.signal.aborted) {
      await pause(pace.pollMs, undefined, { signal: stopped.signal });
      const watch = current();
      if (watch === null) continue;
      const events = await eventsAfter(cf, stack, watch.after).catch(() => []);
      tell(events, watch, context.onStep);
    }
  };
  const ended = run().catch(() => undefined);
  return {
    async stop() {
      stopped.abort();
      await ended;
    },
  };
}

function tell(events: readonly StackEvent[], { step, of }: Watch, onStep: OnStep): void {
  const detail = progressOf(events, of);
  if (detail !== null) onStep({ name: step, state: 'progress', detail });
}
