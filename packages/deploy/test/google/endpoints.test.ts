import { expect, test } from 'vitest';
import { endpointsOf } from '../../src/google/credentials/endpoints.ts';
import { DeployError } from '../../src/engine/errors.ts';
import { urlOf } from '../../src/google/state/status.ts';

const variable = 'CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDFUNCTIONS';

test('an API is reached at Google unless gcloud’s variable says otherwise', () => {
  const env = { [variable]: 'http://127.0.0.1:8080' };
  const endpoints = endpointsOf(env);
  expect([endpoints('cloudfunctions').url.href, endpoints('run').url.href]).toEqual([
    'http://127.0.0.1:8080/',
    'https://run.googleapis.com/',
  ]);
});

test.each([
  'http://[::1]:8080/',
  'http://localhost:8080/',
  'https://cloudfunctions-shop.p.googleapis.com/',
])('%s is taken', (value) => {
  expect(endpointsOf({ [variable]: value })('cloudfunctions').url.href).toBe(value);
});

test.each([
  ['http://functions.example.com/', 'would send credentials unencrypted'],
  ['http://127.0.0.1.example.com/', 'would send credentials unencrypted'],
  ['http://0.0.0.0:8080/', 'would send credentials unencrypted'],
  ['ftp://127.0.0.1/', 'is not an http or https URL'],
  ['https://user:hunter2@example.com/', 'holds a user or a password'],
  ['https://example.com/?key=hunter2', 'holds a query'],
  ['127.0.0.1:8080', 'is not a URL'],
  ['not a URL hunter2', 'is not a URL'],
])('%s is refused: %s', (value, problem) => {
  const read = () => endpointsOf({ [variable]: value });
  expect(read).toThrow(DeployError);
  expect(read).toThrow(problem);
  expect(read).not.toThrow('hunter2');
});

const uri = 'https://shop-dev-abc-uc.a.run.app';

test.each([
  [{}, uri],
  [{ [variable]: 'https://cloudfunctions-shop.p.googleapis.com/' }, uri],
  [{ [variable]: 'http://127.0.0.1:8080/' }, null],
])('with %j the address is %s', (env, url) => {
  expect(urlOf(endpointsOf(env), uri).url).toBe(url);
});
