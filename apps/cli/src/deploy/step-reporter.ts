import type { ProviderId } from '@tricloud/core';
import type { OnStep, Redact, Step } from '@tricloud/deploy';
import { duration } from '../numbers.ts';
import { widthOf } from '../table.ts';
import { type Output, paintFor, withoutControls } from '../terminal.ts';

/** Tells the steps of several clouds at once. */
export interface StepReporter {
  of(cloud: ProviderId): OnStep;
  /** Takes the moving lines away; what is told afterwards stands below. */
  close(): void;
}

/**
 * On a terminal a line a cloud that moves, and one that stays for each step that is done; elsewhere plain lines.
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
  const moving = new Map<ProviderId, string>();
  let shown = 0;

  const clear = () => {
    if (shown > 0) output.write(`\u001b[${shown}A\u001b[J`);
    shown = 0;
  };
  const draw = () => {
    const width = (output.columns ?? 80) - 1;
    for (const line of moving.values()) output.write(`${cut(line, width)}\n`);
    shown = moving.size;
  };
  const stay = (line: string) => output.write(`${line}\n`);

  const took = (key: string) => {
    const started = startedAt.get(key);
    return started === undefined ? '' : ` (${duration(now() - started)})`;
  };

  const tell = (cloud: ProviderId, step: Step) => {
    const key = `${cloud} ${step.name}`;
    if (step.state === 'started') startedAt.set(key, now());
    const detail = step.detail === undefined ? '' : `: ${oneLine(redact(step.detail))}`;
    const line = `${cloud.padEnd(6)}  ${step.name}${detail}`;
    if (isLive) clear();
    if (step.state === 'done') stay(`${line}${paint('dim', took(key))}`);
    else if (step.state === 'skipped') stay(`${line}${paint('dim', ' (skipped)')}`);
    else if (!isLive) stay(`${line}${step.state === 'started' ? ' …' : ''}`);
    if (step.state === 'started' || step.state === 'progress') moving.set(cloud, `${line} …`);
    else moving.delete(cloud);
    if (isLive) draw();
  };

  return {
    of: (cloud) => (step) => tell(cloud, step),
    close() {
      if (isLive) clear();
      moving.clear();
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
