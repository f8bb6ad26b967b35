import { expect, test } from 'vitest';
import { eventLines } from './lines.ts';

const plain = (_style: string, text: string) => text;

test.each([
  {
    event: { type: 'ready', provider: 'azure', url: 'http://127.0.0.1:4003' } as const,
    lines: ['ready azure http://127.0.0.1:4003'],
  },
  {
    event: {
      type: 'log',
      provider: 'aws',
      invocationId: 'a-1',
      stream: 'stdout',
      line: 'one\u001b[2J two',
    } as const,
    lines: ['[aws a-1] one two'],
  },
  {
    event: {
      type: 'log',
      provider: 'google',
      invocationId: null,
      stream: 'stderr',
      line: 'loading',
    } as const,
    lines: ['[google -] loading'],
  },
  {
    event: {
      type: 'exit',
      provider: 'google',
      code: null,
      signal: 'SIGKILL',
      isRestarted: true,
    } as const,
    lines: ['google: its process exited by SIGKILL and is restarted'],
  },
  {
    event: { type: 'exit', provider: 'aws', code: 3, signal: null, isRestarted: true } as const,
    lines: ['aws: its process exited with code 3 and is restarted'],
  },
  {
    event: { type: 'exit', provider: 'aws', code: 3, signal: null, isRestarted: false } as const,
    lines: [
      'aws: its process exited with code 3 before it was ready; the next request or save starts it again',
    ],
  },
  {
    event: { type: 'reloaded', providers: ['aws', 'azure'], ms: 87.6 } as const,
    lines: ['reloaded aws, azure in 87.6 ms'],
  },
  {
    event: {
      type: 'build-failed',
      providers: ['aws', 'google'],
      message: 'a.ts:1:2\n  const',
    } as const,
    lines: [
      'aws, google: the build failed; the previous build keeps running',
      '  a.ts:1:2',
      '    const',
    ],
  },
])('reports $event.type of $event.provider', ({ event, lines }) => {
  expect(eventLines(event, plain)).toEqual(lines);
});
