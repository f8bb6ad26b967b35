import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { buildApp } from '@tricloud/build';
import { unzipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';

const appsDir = fileURLToPath(new URL('../..', import.meta.url));
const appDir = fileURLToPath(new URL('..', import.meta.url));
const serverless = fileURLToPath(import.meta.resolve('../../../node_modules/.bin/serverless'));

// A home with nothing in it: no account, no login, no settings.
const home = await mkdtemp(join(tmpdir(), 'tricloud-serverless-'));
afterAll(() => rm(home, { recursive: true }));

const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))),
  HOME: home,
};

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

test('serverless package makes what is deployed, without an account', async () => {
  const out = join(home, 'package');
  const child = spawn(serverless, ['package', '--package', out], { cwd: appDir, env });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await once(child, 'exit');
  expect({ code, said: code === 0 ? '' : await said }).toEqual({ code: 0, said: '' });

  const zip = unzipSync(await readFile(join(out, 'tricloud.zip')));
  const { files } = await buildApp({ provider: 'aws', appsDir }, join(home, 'dist'));
  const deployed = files.find(({ path }) => path === 'index.mjs');
  expect(sha256(zip['src/index.mjs'])).toBe(sha256(deployed?.contents));
  const template = await readFile(join(out, 'cloudformation-template-update-stack.json'), 'utf8');
  const { Resources: resources }: { Resources: Record<string, Resource> } = JSON.parse(template);
  const ofType = (type: string) =>
    Object.values(resources)
      .filter((each) => each.Type === type)
      .map((each) => each.Properties);

  expect(ofType('AWS::Lambda::Function')).toMatchObject([
    {
      Handler: 'src/index.handler',
      Runtime: 'nodejs24.x',
      Architectures: ['x86_64'],
      MemorySize: 256,
    },
  ]);
  expect(ofType('AWS::ApiGatewayV2::Route')).toMatchObject([{ RouteKey: '$default' }]);
  // The function's log and the access log.
  expect(ofType('AWS::Logs::LogGroup').map((group) => group['RetentionInDays'])).toEqual([14, 14]);
  const [role] = ofType('AWS::IAM::Role');
  const actions = JSON.stringify(role).match(/"[a-z]+:[A-Z]\w+"/g);
  expect(actions).toEqual(['"sts:AssumeRole"', '"logs:CreateLogStream"', '"logs:PutLogEvents"']);
  expect(JSON.stringify(role).match(/"[^"]*\*[^"]*"/g)).toEqual([
    '"arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/tricloud-dev:*"',
  ]);
  // The log group is there before the function writes to it.
  expect(resources['TricloudLambdaFunction']).toHaveProperty('DependsOn');
}, 90_000);

test('serverless offline answers, without an account, until it is stopped', async () => {
  const [httpPort, lambdaPort] = [await freePort(), await freePort()];
  const ports = ['--httpPort', String(httpPort), '--lambdaPort', String(lambdaPort)];
  const child = spawn(serverless, ['offline', ...ports], { cwd: appDir, env });
  let said = '';
  child.stdout.on('data', (chunk) => (said += String(chunk)));
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  const gone = once(child, 'exit');
  try {
    await expect.poll(() => said, { timeout: 60_000 }).toContain('Server ready');
    const url = `http://127.0.0.1:${httpPort}`;
    const who = await fetch(`${url}/v1/whoami`);
    expect(await who.json()).toMatchObject({ provider: 'aws', memoryMiB: 256 });
    const comparison = await fetch(`${url}/v1/comparisons`, {
      method: 'POST',
      body: '{"requestsPerMonth":1,"durationMs":1,"memoryMiB":128}',
    });
    expect(comparison.status).toBe(200);
    expect((await fetch(`${url}/v1/whoami`, { method: 'DELETE' })).status).toBe(405);
  } finally {
    child.kill('SIGINT');
    await gone;
  }
}, 90_000);

function sha256(bytes: Uint8Array | undefined): string | undefined {
  return bytes && createHash('sha256').update(bytes).digest('hex');
}

/** A port that nobody listens on: serverless-offline cannot be asked to take one. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
