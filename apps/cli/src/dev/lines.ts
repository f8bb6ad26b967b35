import type { InvocationRecord, LocalCloudEvent } from '@tricloud/local-cloud';
import { bytes, milliseconds } from '../numbers.ts';
import { pad } from '../table.ts';
import { type Paint, withoutControls } from '../terminal.ts';

/** A request in one line, its columns the same from line to line. */
export function recordLine(record: InvocationRecord, paint: Paint): string {
  const failed = record.status >= 500 || record.error !== undefined;
  const status = paint(
    failed ? 'red' : record.status >= 400 ? 'yellow' : 'green',
    String(record.status),
  );
  const told = [
    paint('bold', pad(record.provider, 6, 'left')),
    status,
    pad(record.method, 7, 'left'),
    pad(milliseconds(record.durationMs), 10, 'right'),
    record.coldStart ? paint('cyan', 'cold') : 'warm',
    pad(`$${record.costUsd}`, 15, 'left'),
    withoutControls(record.path),
    paint(
      'dim',
      `(${bytes(record.bytesOut)}, billed ${record.billedDurationMs} ms × ${record.memoryMiB} MiB, ${record.id})`,
    ),
  ];
  if (record.error !== undefined) told.push(paint('red', withoutControls(record.error)));
  return told.join('  ');
}

/** What happened, in lines for a person; nothing for what is shown elsewhere. */
export function eventLines(event: LocalCloudEvent, paint: Paint): readonly string[] {
  switch (event.type) {
    case 'ready':
      return [`ready ${event.provider} ${event.url}`];
    case 'record':
      return [recordLine(event.record, paint)];
    case 'log': {
      const who = `${event.provider} ${event.invocationId ?? '-'}`;
      const line = withoutControls(event.line, { keepColours: true });
      return [
        `${paint('dim', `[${who}]`)} ${event.stream === 'stderr' ? paint('red', line) : line}`,
      ];
    }
    case 'exit': {
      const how = event.signal === null ? `with code ${event.code}` : `by ${event.signal}`;
      return [paint('yellow', `${event.provider}: its process ended ${how} and is started again`)];
    }
    case 'reloaded':
      return [
        paint('green', `reloaded ${event.providers.join(', ')} in ${milliseconds(event.ms)}`),
      ];
    default:
      return [
        paint('red', `${event.provider}: the build failed, what was built before still answers`),
        ...event.message.split('\n').map((line) => `  ${withoutControls(line)}`),
      ];
  }
}
