import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startMoto, withoutMoto } from './moto.ts';
import { noAccount } from './no-account.ts';
import { root, start, tricloud } from './tricloud.ts';

// Only util-linux's takes a command as it is; BSD's has none of these options.
const script = spawnSync('script', ['--version'], { encoding: 'utf8' });
const withoutTerminal = script.stdout?.includes('util-linux') ? '' : ' (no script of util-linux)';

const secretKey = 'planted-secret-access-key-of-nobody';
const noUrl = 'answers in place of AWS, and functions there have no public URL';

describe.skipIf(withoutMoto !== '')(`a deployment to an emulator of AWS${withoutMoto}`, () => {
  vi.setConfig({ testTimeout: 300_000 });
  let moto: Awaited<ReturnType<typeof startMoto>>;
  let env: Readonly<Record<string, string>> = {};

  beforeAll(async () => {
    moto = await startMoto();
    env = {
      ...noAccount,
      AWS_ENDPOINT_URL: moto.url,
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: secretKey,
    };
  });
  afterAll(() => moto.stop());

  const run = async (line: string) => {
    const printed = await tricloud(line.split(' '), { env });
    expect(printed.stdout + printed.stderr).not.toContain(secretKey);
    return printed;
  };

  test('goes from nothing to nothing: deploy, again, change, status, logs, rollback, remove', async () => {
    const before = await moto.names();
    const host = new URL(moto.url).host;
    const skipped = `aws: smoke test skipped: ${host} ${noUrl}\n`;

    const first = await run('deploy aws --name life --yes');
    expect({ code: first.code, stdout: first.stdout }).toEqual({
      code: 0,
      stdout: `aws: deployed\n${skipped}`,
    });
    expect(stepsOf(first.stderr)).toEqual([
      'read what is deployed',
      'create the stack and its bucket',
      'upload the deployment package',
      'update the stack',
      'remove packages older than the last five deployments',
      'call the function through its URL',
    ]);
    expect(await moto.names()).toEqual(
      [
        ...before,
        '/aws/http-api/life-dev',
        '/aws/lambda/life-dev',
        'life-dev',
        'life-dev',
        'life-dev-serverlessdeploymentbucket',
        'life-dev-us-east-1-lambdaRole',
      ].toSorted(),
    );

    expect(await run('deploy aws --name life --yes')).toMatchObject({
      code: 0,
      stdout: `aws: nothing to change\n${skipped}`,
    });
    const planned = await run('plan aws --name life --memory 512');
    expect(planned.stdout).toContain(
      '  differs from what is deployed\n    TricloudLambdaFunction.MemorySize: 256 -> 512\n',
    );
    const changed = await run('deploy aws --name life --memory 512 --yes --json');
    expect(JSON.parse(changed.stdout)).toEqual([
      {
        cloud: 'aws',
        url: null,
        isChanged: true,
        deploymentPackage: expect.stringMatching(/^[0-9a-f]{64}$/),
        smokeTest: { isAsked: false, why: `${host} ${noUrl}` },
        error: null,
      },
    ]);
    const [status] = JSON.parse((await run('status aws --name life --json')).stdout);
    expect(status).toMatchObject({
      cloud: 'aws',
      isDeployed: true,
      state: 'UPDATE_COMPLETE',
      isBusy: false,
      packageSha256: JSON.parse(changed.stdout)[0].deploymentPackage,
      facts: expect.arrayContaining([{ name: 'memory (MiB)', value: '512' }]),
    });
    expect(await run('logs aws --name life --since 1h')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'no log entry in the last 1h\n',
    });
    expect(await run('rollback aws --name life --yes')).toMatchObject({
      code: 0,
      stdout: 'aws: rolled back\n',
    });

    const removed = await run('remove aws --name life --yes');
    expect({ code: removed.code, names: await moto.names() }).toEqual({ code: 0, names: before });
    expect(removed.stdout).toMatch(
      /^aws: life-dev in us-east-1: to be removed\n {2}AWS::CloudFormation::Stack life-dev\n(?: {2}\S.*\n)+aws: removed\n$/,
    );
    expect(await run('remove aws --name life --yes')).toMatchObject({
      code: 0,
      stdout: 'aws: life-dev in us-east-1: nothing is deployed\n',
    });
    expect(await run('status aws --name life')).toMatchObject({
      code: 0,
      stdout: 'aws: life-dev in us-east-1: nothing is deployed\n',
    });
    expect(await run('rollback aws --name life --yes')).toMatchObject({ code: 1, stdout: '' });
  });

  test.each(['read what is', 'create the stack', 'upload', 'update the stack'])(
    'that Ctrl-C ends at “%s” says what is left, goes on, and is removed',
    async (step) => {
      const name = `stop-${step.replaceAll(/\W+/g, '-')}`;
      const before = await moto.names();
      const child = start(['deploy', 'aws', '--name', name, '--yes'], { env });
      const said = gather(child);
      await said.until(`aws     ${step}`);
      child.kill('SIGINT');
      const [code] = await once(child, 'exit');
      expect({ code, said: said.text() }).toEqual({
        code: 1,
        said: expect.stringMatching(
          /stopping; Ctrl-C once more ends at once\n(?:aws .*\n)*tricloud: aws: interrupted.*\nhint: npx tricloud (?:deploy|status) aws .*--name stop-/,
        ),
      });
      for (const command of ['deploy', 'remove']) {
        const { code: end, stderr } = await run(`${command} aws --name ${name} --yes`);
        expect({ command, end, stderr }).toMatchObject({ command, end: 0 });
      }
      expect(await moto.names()).toEqual(before);
    },
  );

  test('by two at once is done by one of them, and the other says who is at it', async () => {
    const child = start(['deploy', 'aws', '--name', 'two', '--yes'], { env });
    const said = gather(child);
    const exit = once(child, 'exit');
    await said.until('aws     read what is deployed …');
    // An emulator is faster than a second command starts: the first one pauses meanwhile.
    child.kill('SIGSTOP');
    const other = await run('deploy aws --name two --yes');
    child.kill('SIGCONT');
    expect({ code: other.code, stdout: other.stdout }).toEqual({ code: 1, stdout: '' });
    expect(other.stderr).toMatch(
      /^tricloud: aws: another command is changing two-dev in us-east-1\nhint: it is process \d+; wait until it has exited\n$/,
    );
    expect(await exit).toEqual([0, null]);
    expect(await run('remove aws --name two --yes')).toMatchObject({ code: 0 });
  });

  describe.skipIf(withoutTerminal !== '')(`at a terminal${withoutTerminal}`, () => {
    test('is asked about first, and a no changes nothing', async () => {
      const before = await moto.names();
      const { code, text } = await answer('deploy aws --name asked', 'Deploy? [y/N]', '\n', env);
      expect(code).toBe(1);
      expect(text).toMatch(/^aws: asked-dev in us-east-1, deployment package \d+\.\d kB\n/);
      expect(text).toContain('  nothing is deployed yet: everything is new\n');
      expect(text).toContain('nothing was changed\n');
      expect(await moto.names()).toEqual(before);
    });

    test('moves a line while it goes, and asks before it removes what it names', async () => {
      const deployed = await answer('deploy aws --name asked', 'Deploy? [y/N]', 'y\n', env);
      expect(deployed.code).toBe(0);
      expect(deployed.text).toContain('\u001b[1A\u001b[J');
      expect(stripVTControlCharacters(deployed.text)).toMatch(
        /^aws {5}upload the deployment package \(\d+\.\d s\)$/m,
      );

      const kept = await answer('remove aws --name asked', 'Remove all of it? [y/N]', 'n\n', env);
      expect(kept.code).toBe(1);
      expect(kept.text).toContain('  AWS::CloudFormation::Stack asked-dev\n');
      expect(kept.text).toContain('nothing was removed\n');
      const removed = await answer(
        'remove aws --name asked',
        'Remove all of it? [y/N]',
        'yes\n',
        env,
      );
      expect(removed).toMatchObject({ code: 0, text: expect.stringContaining('aws: removed\n') });
    });
  });
});

/** Types an answer to the question at a terminal, and gives everything that its screen was sent. */
async function answer(
  line: string,
  question: string,
  typed: string,
  env: Readonly<Record<string, string>>,
) {
  const command = `stty cols 80 rows 24; exec node_modules/.bin/tricloud ${line}`;
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    cwd: root,
    env: { ...process.env, ...env, TERM: 'xterm', CI: '', NO_COLOR: '' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const said = gather(child);
  await said.until(question);
  child.stdin?.write(typed);
  const [code] = await once(child, 'exit');
  return { code, text: said.text().replaceAll('\r', '') };
}

/** The steps that were done or passed over, without the time they took. */
function stepsOf(stderr: string): readonly string[] {
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('aws ') && !line.endsWith('…'))
    .map((line) => line.replace(/^aws +/, '').replace(/ \([^()]*\)$/, ''));
}

/** What a child writes, both streams together. */
function gather({ stdout, stderr }: ChildProcess) {
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [stdout, stderr]) {
    stream?.on('data', (chunk: unknown) => {
      text += String(chunk);
      for (const listener of listeners) listener();
    });
  }
  return {
    text: () => text,
    until: (part: string) =>
      new Promise<void>((resolve, reject) => {
        const look = () => {
          if (text.includes(part)) resolve();
        };
        listeners.add(look);
        stdout?.once('close', () => reject(new Error(`${part} was not said: ${text}`)));
        look();
      }),
  };
}
