import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { json } from './fake-server.ts';
import { retailItems, retailPage } from './interfaces.ts';
import { at, copies, fake } from './world.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** The command as a process of its own. */
function start(args: readonly string[], env: Record<string, string> = {}) {
  return new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
    const options = { env: { ...process.env, GOOGLE_API_KEY: '', ...env } };
    const argv = ['--import', 'tsx', main, ...args];
    execFile(process.execPath, argv, options, (error, out, err) => {
      resolve({ code: error === null ? 0 : error.code, out, err });
    });
  });
}

test('runs as it is documented, and exits with 0, 1 or 2', async () => {
  const calls = {
    serviceName: 'API Management',
    productName: 'API Management',
    skuName: 'Consumption',
    meterName: 'Consumption Calls',
    unitOfMeasure: '10K',
  };
  const server = await fake((_, response) => {
    const tiers = [
      [0, '0'],
      [100, '0.042'],
    ] as const;
    json(response, retailPage(retailItems(calls, tiers)));
  });
  const { dir } = await copies('azure-api-management', 'aws-sqs');
  const [read, failed, wrong] = await Promise.all([
    start(['--only', 'azure', '--lists', dir], at(server)),
    start(['--only', 'aws', '--lists', dir, '--aws-url', server.url]),
    start(['--only', 'gcp']),
  ]);
  expect(read).toMatchObject({ code: 0, err: '' });
  expect(read.out).toContain('$0.0000035 → $0.0000042 per call');
  expect(read.out).toContain('+20.00%; retail-prices/eastus, 2');
  expect(failed).toMatchObject({ code: 1, err: '' });
  expect(failed.out).toContain('another form than is known');
  expect(wrong).toMatchObject({ code: 2, out: '' });
});
