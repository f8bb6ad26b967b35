import { describe, expect, test } from 'vitest';
import { createCloud } from '../../src/engine/create-cloud.ts';
import { googleDriver } from '../../src/google/driver.ts';
import { parseSecretReference } from '../../src/google/template/secret-reference.ts';
import type { Target } from '../../src/engine/target.ts';
import { target } from './scene.ts';

const google = createCloud(googleDriver);

const pathsOf = (more: Partial<Target>) =>
  google.brokenRules({ ...target, ...more }).map(({ path }) => path);

describe('the rules of Google', () => {
  test('are kept by the defaults', () => {
    expect(google.brokenRules({ ...target, ...google.defaults, account: null })).toEqual([]);
  });

  test.each<[Partial<Target>, readonly string[], string]>([
    [{ name: 'Shop' }, ['name'], 'a capital'],
    [{ name: '1shop' }, ['name'], 'a digit first'],
    [{ name: 'my_shop' }, ['name'], 'an underscore, which a Cloud Run service cannot have'],
    [{ stage: 'dev-' }, ['stage'], 'a hyphen last'],
    [{ stage: '' }, ['stage'], 'no stage'],
    [{ name: 'a', stage: 'b' }, ['name'], 'three characters in all'],
    [{ name: 'a', stage: 'bc' }, [], 'four characters in all'],
    [{ name: 'a'.repeat(45), stage: 'dev' }, [], '49 characters in all'],
    [{ name: 'a'.repeat(46), stage: 'dev' }, ['name'], '50 characters in all'],
    [{ region: 'us-central' }, ['region'], 'a region of App Engine'],
    [{ region: 'us-central1-a' }, ['region'], 'a zone'],
    [{ memoryMiB: 127 }, ['memoryMiB'], 'less than the least'],
    [{ memoryMiB: 128 }, [], 'the least'],
    [{ memoryMiB: 32_768 }, [], 'the most'],
    [{ memoryMiB: 32_769 }, ['memoryMiB'], 'more than the most'],
    [{ memoryMiB: 512.5 }, ['memoryMiB'], 'half a MiB'],
    [{ timeoutSeconds: 3600 }, [], 'an hour'],
    [{ timeoutSeconds: 3601 }, ['timeoutSeconds'], 'more than an hour'],
    [{ timeoutSeconds: 0 }, ['timeoutSeconds'], 'no time'],
    [{ concurrency: 1000 }, [], 'a thousand at once'],
    [{ concurrency: 1001 }, ['concurrency'], 'more than a thousand at once'],
    [{ maxInstances: 0 }, ['maxInstances'], 'no instance'],
    [{ environment: { PORT: '1' } }, ['environment.PORT'], 'a reserved name'],
    [{ environment: { X_GOOGLE_A: '1' } }, ['environment.X_GOOGLE_A'], 'a reserved beginning'],
    [{ environment: { 'A-B': '1' } }, ['environment.A-B'], 'a hyphen in a name'],
    [{ environment: { A: 'x'.repeat(33_000) } }, ['environment'], 'more than 32 KiB'],
    [{ environment: { A: 'é'.repeat(17_000) } }, ['environment'], 'more than 32 KiB in UTF-8'],
    [{ secrets: { A: 'a:1' }, environment: { A: '' } }, ['secrets.A'], 'one name twice'],
    [{ secrets: { K_SERVICE: 'a:1' } }, ['secrets.K_SERVICE'], 'a reserved name of a secret'],
    [{ secrets: { A: 'hunter2' } }, ['secrets.A'], 'a secret in place of its reference'],
    [{ account: 'My Shop' }, ['account'], 'no project id'],
    [{ account: '123456789012' }, ['account'], 'a project number'],
    [{ account: 'example.com:shop-1' }, [], 'a project of a domain'],
    [{ invokers: ['user:ada@example.com'] }, ['invokers'], 'invokers of what everyone may call'],
    [{ auth: 'iam', invokers: ['user:ada@example.com'] }, [], 'a person'],
    [{ auth: 'iam', invokers: ['principal://iam.googleapis.com/x'] }, [], 'a federated principal'],
    [{ auth: 'iam', invokers: ['allUsers'] }, ['invokers'], 'everyone under auth iam'],
    [{ auth: 'iam', invokers: ['ada@example.com'] }, ['invokers'], 'an email without its kind'],
    [{ buildAccount: 'builder@my-shop.iam.gserviceaccount.com' }, [], 'a build account'],
    [{ buildAccount: 'ada@example.com' }, ['buildAccount'], 'a person as the build account'],
    [{ name: 'B', region: 'x', memoryMiB: 1 }, ['name', 'region', 'memoryMiB'], 'all at once'],
  ])('%j breaks %j: %s', (more, paths, _why) => {
    expect(pathsOf(more)).toEqual(paths);
  });

  test('say where they stand, and never tell what was given for a secret', () => {
    const rules = google.brokenRules({ ...target, secrets: { A: 'hunter2' }, memoryMiB: 1 });
    expect(JSON.stringify(rules)).not.toContain('hunter2');
    expect(rules[0]).toEqual({
      path: 'memoryMiB',
      value: 1,
      rule: 'a whole number of MiB of memory from 128 to 32768',
      source: 'https://cloud.google.com/functions/docs/configuring/memory',
    });
  });
});

test.each([
  ['stripe:3', { project: null, secret: 'stripe', version: '3' }],
  ['stripe:latest', { project: null, secret: 'stripe', version: 'latest' }],
  ['projects/p-1/secrets/stripe:3', { project: 'p-1', secret: 'stripe', version: '3' }],
  ['projects/123/secrets/s/versions/7', { project: '123', secret: 's', version: '7' }],
  ['stripe', null],
  ['stripe:0', null],
  ['projects/p/secrets/s', null],
  ['projects/p/secrets/s/versions/1/x', null],
  ['projects/../secrets/s:1', null],
  ['a b:1', null],
])('the reference %s is read as %j', (reference, parsed) => {
  expect(parseSecretReference(reference)).toEqual(parsed);
});
