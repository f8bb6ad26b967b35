import type { InvocationRecord } from '@tricloud/local-cloud';
import { expect, test } from 'vitest';
import { liveReporter } from './live-reporter.ts';

const record: InvocationRecord = {
  at: '2026-11-22T10:00:00.000Z',
  provider: 'aws',
  id: 'a-1',
  method: 'GET',
  path: '/v1/whoami\u001b[2J',
  status: 200,
  coldStart: true,
  durationMs: 12.34,
  billedDurationMs: 13,
  memoryMiB: 128,
  bytesIn: 0,
  bytesOut: 1234,
  costUsd: '0.000000413',
};

function onTerminal(columns: number) {
  const written: string[] = [];
  const frames: (() => void)[] = [];
  const reporter = liveReporter(
    { isTTY: true, columns, write: (text) => written.push(text) },
    (_style, text) => text,
    (draw) => frames.push(draw),
  );
  return {
    reporter,
    /** What one frame writes. */
    frame: () => {
      frames.splice(0).forEach((draw) => draw());
      return written.splice(0).join('');
    },
  };
}

test('keeps the table of the runtimes below what happened', () => {
  const { reporter, frame } = onTerminal(80);
  reporter.event({ type: 'ready', provider: 'aws', url: 'http://127.0.0.1:4001' });
  const first = frame();
  reporter.event({ type: 'record', record });
  reporter.event({ type: 'record', record: { ...record, status: 500, coldStart: false } });
  const second = frame();

  expect(first).toBe(
    [
      'ready aws http://127.0.0.1:4001',
      '',
      'runtime  requests  failed  cold  mean  last',
      'aws             0       0     0     -     -  http://127.0.0.1:4001',
      '',
    ].join('\n'),
  );
  expect(second).toBe(
    [
      '\u001b[3A\r\u001b[Jaws     200  GET         12.3 ms  cold  $0.41/1M    /v1/whoami',
      'aws     500  GET         12.3 ms  warm  $0.41/1M    /v1/whoami',
      '',
      'runtime  requests  failed  cold     mean  last',
      'aws             2       1     1  12.3 ms   500  http://127.0.0.1:4001',
      '',
    ].join('\n'),
  );
});

test('tells the details of a request where the terminal is wide enough', () => {
  const { reporter, frame } = onTerminal(120);
  reporter.event({ type: 'record', record });

  expect(frame()).toBe(
    'aws     200  GET         12.3 ms  cold  $0.41/1M    /v1/whoami  (1.2 kB, billed 13 ms × 128 MiB, a-1)\n',
  );
});

test('draws what comes within a frame at once', () => {
  const { reporter, frame } = onTerminal(80);
  for (let i = 0; i < 100; i += 1) reporter.note(`note ${i}`);

  expect(frame().split('\n')).toHaveLength(101);
  expect(frame()).toBe('');
});

test('cuts the table where the terminal would break its lines', () => {
  const { reporter, frame } = onTerminal(30);
  reporter.event({ type: 'ready', provider: 'google', url: 'http://127.0.0.1:4002' });
  const lines = frame().split('\n').slice(1);

  expect(lines.filter((line) => line.length >= 30)).toEqual([]);
});

test('goes without columns on a narrow terminal, and not without the addresses', () => {
  const { reporter, frame } = onTerminal(60);
  reporter.event({ type: 'ready', provider: 'google', url: 'http://127.0.0.1:4002' });
  reporter.event({ type: 'ready', provider: 'aws', url: 'http://127.0.0.1:4001' });
  reporter.event({ type: 'record', record });

  expect(frame().split('\n').slice(-4)).toEqual([
    'runtime  requests  failed     mean',
    'aws             1       0  12.3 ms  http://127.0.0.1:4001',
    'google          0       0        -  http://127.0.0.1:4002',
    '',
  ]);
});
