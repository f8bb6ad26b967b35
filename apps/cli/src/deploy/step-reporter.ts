import type { ProviderId } from '@tricloud/core';
import type { OnStep, Redact, Step } from '@tricloud/deploy';
import { duration } from '../numbers.ts';
import { widthOf } from '../table.ts';
import { type Output, paintFor, withoutControls } from '../terminal.ts';

/** Reports the steps of several clouds at once. */
export interface StepReporter {
  of(cloud: ProviderId): OnStep;
  /** Removes the lines of running steps. */
  close(): void;
}

/**
 * On a terminal, one line a cloud shows the running step and one line stays for each finished step; elsewhere plain lines.
 *
 * @param now milliseconds, of any origin.
 */
export function stepReporter(
  output: Output,
  env: NodeJS.ProcessEnv,
  redact: Redact,
  now: () => number = () => performance.now(),
): StepReporter {
  const isLive = output.isTTY === true && env['TERM'] !== 'dumb' && !env['CI'];
  const paint = paintFor(output, env);
  const startedAt = new Map<string, number>();
  const running = new Map<ProviderId, string>();
  let shown = 0;

  const clear = () => {
    if (shown > 0) output.write(`\u001b[${shown}A\u001b[J`);
    shown = 0;
  };
  const draw = () => {
    const width = (output.columns ?? 80) - 1;
    for (const line of running.values()) output.write(`${cut(line, width)}\n`);
    shown = running.size;
  };
  /** The line that stays; null on a terminal while a step runs. */
  const permanent = (line: string, key: string, { state }: Step): string | null => {
    if (state === 'skipped') return line + paint('dim', ' (skipped)');
    if (state === 'done') {
      const started = startedAt.get(key);
      return started === undefined ? line : line + paint('dim', ` (${duration(now() - started)})`);
    }
    if (isLive) return null;
    return state === 'started' ? `${line} …` : line;
  };

  const report = (cloud: ProviderId, step: Step) => {
    const key = `${cloud} ${step.name}`;
    if (step.state === 'started') startedAt.set(key, now());
    const detail = step.detail === undefined ? '' : `: ${oneLine(redact(step.detail))}`;
    const line = `${cloud.padEnd(6)}  ${step.name}${detail}`;
    if (isLive) clear();
    const stays = permanent(line, key, step);
    if (stays !== null) output.write(`${stays}\n`);
    if (step.state === 'started' || step.state === 'progress') running.set(cloud, `${line} …`);
    else running.delete(cloud);
    if (isLive) draw();
  };

  return {
    of: (cloud) => (step) => report(cloud, step),
    close() {
      if (isLive) clear();
      running.clear();
    },
  };
}

function oneLine(text: string): string {
  return withoutControls(text.replaceAll(/\s*\n\s*/g, ' '));
}

function cut(line: string, width: number): string {
  return widthOf(line) <= width
    ? line
    : `${Array.from(line)
        .slice(0, width - 1)
        .join('')}…`;
}
