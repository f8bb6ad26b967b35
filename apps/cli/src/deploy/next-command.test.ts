import { execFileSync } from 'node:child_process';
import { type DeployCommand, loadCloud, redactor, toTarget } from '@tricloud/deploy';
import { expect, test } from 'vitest';
import { parse } from '../command-line/parse.ts';
import { deployments } from '../declarations/deployments.ts';
import { nextCommandFor, requestAgain } from './next-command.ts';

const typed = 'aws --function f.ts --memory 1024 --set MODE=live --config t.json'.split(' ');

const clouds = {
  aws: await loadCloud('aws'),
  google: await loadCloud('google'),
  azure: await loadCloud('azure'),
};

/** The command line that follows `deploy` with these arguments. */
function next(args: readonly string[], command: DeployCommand, cloud: keyof typeof clouds = 'aws') {
  const request = parse(deployments.deploy, args, {});
  const redact = redactor({}, Object.fromEntries(request.values.set));
  return nextCommandFor({ ...request, redact })(command, toTarget({}, clouds[cloud]));
}

/** The arguments as a shell reads a command line of ours. */
function asRead(line: string, env: Readonly<Record<string, string>> = {}): readonly string[] {
  const script = line.replace(/^npx tricloud /, String.raw`printf '%s\0' `);
  const text = execFileSync('sh', ['-c', script], { env, encoding: 'utf8', stdio: 'pipe' });
  return text.split('\0').slice(0, -1);
}

test.each(['plan', 'deploy'] as const)('%s repeats the whole request', (command) => {
  expect(next(typed, command)).toBe(
    `npx tricloud ${command} aws --function f.ts --memory 1024 --set MODE=live --config t.json`,
  );
});

test.each(['status', 'logs', 'rollback', 'remove', 'doctor'] as const)(
  '%s repeats what names the deployment alone',
  (command) => {
    const names =
      '--name shop --stage live --region us-east-1 --project p --subscription s --config t.json';
    const ofTheFunction = '--secret A=b --set API_KEY=planted --memory 512 --env a.env --auth iam';
    const args = ['aws', ...names.split(' '), ...ofTheFunction.split(' ')];
    expect(next(args, command)).toBe(`npx tricloud ${command} aws ${names}`);
  },
);

test('a command on a deployment repeats itself without the options of the function', () => {
  const args = ['aws', '--name', 'shop', '--set', 'API_KEY=planted', '--memory', '512'];
  const request = { ...parse(deployments.remove, args, {}), redact: redactor() };
  expect(requestAgain(request, 'remove', ['aws'], { yes: [] })).toBe(
    'npx tricloud remove aws --name shop --yes',
  );
});

test('every cloud has its own command, with everything that was typed', () => {
  const args = ['aws,google', '--region', 'aws=us-east-1,google=us-east1', '--stage', 'live'];
  expect(next(args, 'deploy', 'google')).toBe(
    'npx tricloud deploy google --stage live --region aws=us-east-1,google=us-east1',
  );
});

test('what concerns one command alone is repeated by the same command alone', () => {
  const args = ['aws', '--yes', '--no-smoke-test', '--json', '--name', 'shop'];
  expect(next(args, 'deploy')).toBe(
    'npx tricloud deploy aws --name shop --yes --json --no-smoke-test',
  );
  expect(next(args, 'remove')).toBe('npx tricloud remove aws --name shop');
  expect(next(args, 'status')).toBe('npx tricloud status aws --name shop');
});

test('a shell reads back what was typed', () => {
  const odd = ['aws', '--function', "it's a file.ts", '--set', 'A=$HOME "x" `y` \\', '--set', 'B='];
  const env = { A: '$HOME "x" `y` \\' };
  expect(asRead(next(odd, 'deploy'), env)).toEqual(['deploy', ...odd]);
});

test.each([
  ['API_KEY=hunter2-planted', 'API_KEY', 'its name says that it is a secret'],
  ['TOKEN=ab', 'TOKEN', 'its name says so, however short it is'],
  ['ODD=planted-by-no-telling-name-7f3a9c', 'ODD', 'it looks generated'],
  ['DB=postgres://shop:planted@db.example/shop', 'DB', 'it holds a password'],
  ['TEXT=planted\nline', 'TEXT', 'a line cannot hold it'],
  ['WORDS=not so plain', 'WORDS', 'it is no plain word'],
  [`LONG=${'word-'.repeat(9)}`, 'LONG', 'it is long'],
  ['PGPASSWORD=a', 'PGPASSWORD', 'its name ends in the word'],
  ['api-key=hunter2-planted', 'api_key', 'its name is none for a shell'],
])('a shell takes the value of --set %j from its environment', (pair, variable) => {
  const line = next(['aws', '--set', pair], 'deploy');
  const [name = '', value = ''] = pair.split(/=(.*)/s);
  expect(line).toBe(`npx tricloud deploy aws --set ${name}="\${${variable}:?}"`);
  expect(asRead(line, { [variable]: value })).toEqual(['deploy', 'aws', '--set', pair]);
  expect(() => asRead(line)).toThrow(new RegExp(`${variable}: parameter`));
});

test('a reference to a secret is no secret', () => {
  const reference = 'API_KEY=arn:aws:secretsmanager:us-east-1:123456789012:secret:shop-a1B2c3';
  expect(next(['aws', '--secret', reference], 'deploy')).toBe(
    `npx tricloud deploy aws --secret ${reference}`,
  );
});
