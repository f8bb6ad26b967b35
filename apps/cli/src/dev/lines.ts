import type { InvocationRecord, LocalCloudEvent } from '@tricloud/local-cloud';
import { bytes, costOfAMillion, milliseconds } from '../numbers.ts';
import { pad, widthOf } from '../table.ts';
import { type Paint, withoutControls } from '../terminal.ts';

/** The lines of an event for a person. */
export function eventLines(
  event: LocalCloudEvent,
  paint: Paint,
  width = Infinity,
): readonly string[] {
  switch (event.type) {
    case 'ready':
      return [`ready ${event.provider} ${event.url}`];
    case 'record':
      return [recordLine(event.record, paint, width)];
    case 'log': {
      const who = `${event.provider} ${event.invocationId ?? '-'}`;
      const line = withoutControls(event.line, { keepColours: true });
      return [
        `${paint('dim', `[${who}]`)} ${event.stream === 'stderr' ? paint('red', line) : line}`,
      ];
    }
    case 'exit':
      return [paint('yellow', exitLine(event))];
    case 'reloaded':
      return [
        paint('green', `reloaded ${event.providers.join(', ')} in ${milliseconds(event.ms)}`),
      ];
    default:
      return [
        paint(
          'red',
          `${event.providers.join(', ')}: the build failed; the previous build keeps running`,
        ),
        ...event.message.split('\n').map((line) => `  ${withoutControls(line)}`),
      ];
  }
}

function exitLine(event: Extract<LocalCloudEvent, { type: 'exit' }>): string {
  const { provider, code, signal, isRestarted } = event;
  const how = signal === null ? `with code ${code}` : `by ${signal}`;
  const next = isRestarted
    ? 'and is restarted'
    : 'before it was ready; the next request or save starts it again';
  return `${provider}: its process exited ${how} ${next}`;
}

/** A request in one line of fixed columns; details where they fit. */
function recordLine(record: InvocationRecord, paint: Paint, width: number): string {
  const { status, error } = record;
  const style = status >= 500 || error !== undefined ? 'red' : status >= 400 ? 'yellow' : 'green';
  const line = [
    paint('bold', pad(record.provider, 6, 'left')),
    paint(style, String(status)),
    pad(record.method, 7, 'left'),
    pad(milliseconds(record.durationMs), 10, 'right'),
    record.coldStart ? paint('cyan', 'cold') : 'warm',
    pad(`$${costOfAMillion(record.costUsd)}/1M`, 10, 'left'),
    withoutControls(record.path),
    ...(error === undefined ? [] : [paint('red', withoutControls(error))]),
  ].join('  ');
  const billed = `billed ${record.billedDurationMs} ms × ${record.memoryMiB} MiB`;
  const details = `(${bytes(record.bytesOut)}, ${billed}, ${record.id})`;
  return widthOf(line) + 2 + widthOf(details) < width ? `${line}  ${paint('dim', details)}` : line;
}
