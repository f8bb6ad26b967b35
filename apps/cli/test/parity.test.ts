import { createServer } from 'node:http';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { tricloud } from './tricloud.ts';

test('starts runtimes of its own and tells every case of each', { timeout: 120_000 }, async () => {
  const { code, stdout, stderr } = await tricloud(['parity', '--json']);
  const report = JSON.parse(stdout);
  const failed = report.cases.flatMap(({ id, results }: { id: string; results: object }) =>
    Object.entries(results)
      .filter(([, result]) => result.status === 'failed')
      .map(([runtime, result]) => `${runtime} ${id}: ${result.detail}`),
  );

  // On a Node that is not the deployed one there is a note.
  const complaints = stderr.replace(/^note: functions run on Node .*\n/, '');
  expect({ failed, code, complaints }).toEqual({ failed: [], code: 0, complaints: '' });
  expect(report.runtimes.map(({ runtime }: { runtime: string }) => runtime)).toEqual([
    'aws',
    'google',
    'azure',
  ]);
  expect(report.passed).toBeGreaterThan(100);
});

test('a deployed function that is not what it should be is exit code 1', async () => {
  const server = createServer((_request, response) => {
    response.statusCode = 404;
    response.end('nothing here');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = address === null || typeof address === 'string' ? 0 : address.port;
  const { code, stdout } = await tricloud(['parity', '--google', `http://127.0.0.1:${port}`]);
  server.close();

  expect(code).toBe(1);
  expect(stdout).toMatch(/^Failed$/m);
  expect(stdout).toMatch(/^google: \d+ passed, [1-9]\d* failed/m);
});
