import { expect, test } from 'vitest';
import type { InvocationRecord } from '../options.ts';
import { createHistory } from './history.ts';

const record = (id: string): InvocationRecord => ({
  at: '2026-11-22T00:00:00.000Z',
  provider: 'aws',
  id,
  method: 'GET',
  path: '/',
  status: 200,
  coldStart: false,
  durationMs: 1,
  billedDurationMs: 1,
  memoryMiB: 128,
  bytesIn: 0,
  bytesOut: 0,
  costUsd: '0',
});

test('remembers the latest records only', () => {
  const history = createHistory(3);
  for (let index = 0; index < 20; index += 1) {
    history.add({ type: 'record', record: record(String(index)) });
  }
  expect(history.records().map(({ id }) => id)).toEqual(['17', '18', '19']);
});

test('tells who listens, until they no longer do', () => {
  const history = createHistory();
  const heard: string[] = [];
  const end = history.subscribe((event) => heard.push(event.type));
  history.add({ type: 'ready', provider: 'aws', url: 'http://127.0.0.1:1' });
  end();
  history.add({ type: 'record', record: record('x') });
  expect(heard).toEqual(['ready']);
});
