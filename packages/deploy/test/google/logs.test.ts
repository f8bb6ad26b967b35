import { afterEach, beforeEach, expect, test } from 'vitest';
import { NothingDeployedError } from '../../src/engine/errors.ts';
import { packageOf, listOf, openScene, type Scene, target } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const since = Date.UTC(2026, 10, 22, 10);
const at = (second: number) => new Date(since + second * 1000).toISOString();

test('the log is told oldest first, page by page, whatever form its entries have', async () => {
  await scene.google.deploy(target, packageOf('one'), scene.context());
  scene.fake.rest.entries.push(
    { insertId: 'a', timestamp: at(-1), textPayload: 'too early' },
    { insertId: 'c', timestamp: at(2), severity: 'ERROR', jsonPayload: { message: 'failed' } },
    { insertId: 'b', timestamp: at(1), severity: 'DEFAULT', textPayload: 'hello' },
    { insertId: 'd', timestamp: at(3), jsonPayload: { order: 7 } },
    {
      insertId: 'e',
      timestamp: at(4),
      severity: 'INFO',
      httpRequest: {
        requestMethod: 'GET',
        requestUrl: 'https://shop-dev.a.run.app/',
        status: 200,
        latency: '0.012s',
      },
    },
  );
  const options = { sinceMs: since, follow: false };
  const lines = await scene.see(listOf(scene.google.logs(target, options, scene.context())));
  expect(lines).toEqual([
    { at: at(1), text: 'hello' },
    { at: at(2), text: 'ERROR failed' },
    { at: at(3), text: '{"order":7}' },
    { at: at(4), text: 'INFO GET https://shop-dev.a.run.app/ 200 0.012s' },
  ]);
});

test('followed, it tells what comes, what comes late too, each once, until the signal', async () => {
  await scene.google.deploy(target, packageOf('one'), scene.context());
  const { entries } = scene.fake.rest;
  const waves = [
    [{ insertId: 'b', timestamp: at(20), textPayload: 'second' }],
    [
      { insertId: 'a', timestamp: at(10), textPayload: 'late' },
      { insertId: 'a', timestamp: at(20), textPayload: 'of the same moment' },
    ],
    [{ insertId: 'c', timestamp: at(30), textPayload: 'third' }],
  ];
  scene.fake.onCall = (name) => {
    if (name === 'POST logging:list') entries.push(...(waves.shift() ?? []));
  };
  const controller = new AbortController();
  const { signal } = controller;
  const texts: string[] = [];
  const options = { sinceMs: since, follow: true };
  for await (const { text } of scene.google.logs(target, options, scene.context({ signal }))) {
    texts.push(text);
    if (texts.length === 4) controller.abort();
  }
  expect(texts).toEqual(['second', 'late', 'of the same moment', 'third']);
});

test('of nothing says so', async () => {
  const options = { sinceMs: since, follow: false };
  const lines = scene.google.logs(target, options, scene.context());
  await expect(scene.see(listOf(lines))).rejects.toBeInstanceOf(NothingDeployedError);
});

test('without the right to read it says which', async () => {
  await scene.google.deploy(target, packageOf('one'), scene.context());
  const error = { code: 403, status: 'PERMISSION_DENIED', message: 'no' };
  scene.fake.faults.set('POST logging:list', [{ status: 403, body: { error } }]);
  const options = { sinceMs: since, follow: false };
  const lines = scene.google.logs(target, options, scene.context());
  await expect(scene.see(listOf(lines))).rejects.toMatchObject({
    message: expect.stringContaining('It needs roles/logging.viewer.'),
  });
});
