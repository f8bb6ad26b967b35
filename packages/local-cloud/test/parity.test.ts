import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { cases, httpSend, runCases } from '@tricloud/parity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProviderId } from '../src/index.ts';
import { startTestCloud, type TestCloud } from './cloud.ts';

const probe = fileURLToPath(
  new URL('probe.ts', `file://${createRequire(import.meta.url).resolve('@tricloud/parity')}`),
);
let running: TestCloud;

beforeAll(async () => {
  running = await startTestCloud({ functionFile: probe });
});
afterAll(() => running.close());

const told = cases.filter((one) => one.kind === 'requests' && one.where.includes('local'));

test.each<ProviderId>(['aws', 'google', 'azure'])(
  '%s passes every parity case that can be told over HTTP',
  async (provider) => {
    const results = await runCases({
      provider,
      place: 'local',
      send: httpSend(running.url(provider, '')),
    });
    expect(results.filter((result) => result.status === 'failed')).toEqual([]);
    expect(results.length).toBeGreaterThan(told.length / 2);
  },
  120_000,
);
