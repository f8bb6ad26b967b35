import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readHostJson } from './host-json.ts';
import { readLocalSettings } from './local-settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tricloud-host-json-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const defaults = {
  routePrefix: 'api',
  functionTimeoutMs: 1_800_000,
  customHeaders: new Map(),
  maxConcurrentRequests: -1,
  maxOutstandingRequests: -1,
};

test('without a file there are the defaults', () => {
  expect(readHostJson(folder, {})).toEqual(defaults);
});

test.each<[string, Record<string, string>, object, string]>([
  ['{"version":"2.0"}', {}, {}, 'nothing else is needed'],
  [
    '\uFEFF{"version":"2.0", /* c */ "a": "// no comment", }',
    {},
    {},
    'comments, a trailing comma and a byte order mark are allowed',
  ],
  [
    '{"version":"2.0","functionTimeout":"00:00:05"}',
    {},
    { functionTimeoutMs: 5000 },
    'a time is a TimeSpan',
  ],
  [
    '{"version":"2.0","functionTimeout":"-1"}',
    {},
    { functionTimeoutMs: undefined },
    '-1 is unbounded',
  ],
  [
    '{"version":"2.0","extensions":{"http":{"routePrefix":""}}}',
    {},
    { routePrefix: '' },
    'the prefix may be empty',
  ],
  [
    '{"version":"2.0","Extensions":{"HTTP":{"RoutePrefix":"/v1/"}}}',
    {},
    { routePrefix: 'v1' },
    'names compare without case',
  ],
  [
    '{"version":"2.0","extensions":{"http":{"routePrefix":"v1"}}}',
    { AzureFunctionsJobHost__extensions__http__routePrefix: 'v2' },
    { routePrefix: 'v2' },
    'a setting overrides',
  ],
  [
    '{"version":"2.0"}',
    { AzureFunctionsJobHost__extensions__http__maxConcurrentRequests: '3' },
    { maxConcurrentRequests: 3 },
    'a setting overrides',
  ],
])('%s with %j gives %j: %s', (text, settings, expected) => {
  writeFileSync(join(folder, 'host.json'), text);
  expect(readHostJson(folder, settings)).toEqual({ ...defaults, ...expected });
});

test.each([
  ['{}', 'must have "version": "2.0"'],
  ['{"version":"1.0"}', 'must have "version": "2.0"; it has "1.0"'],
  ['{"version":', 'is not JSON'],
  ['[]', 'must hold a JSON object'],
  ['{"version":"2.0","functionTimeout":"soon"}', 'it is "soon"'],
  ['{"version":"2.0","extensions":{"http":{"maxConcurrentRequests":0}}}', 'it is "0"'],
])('%s is refused: %s', (text, problem) => {
  writeFileSync(join(folder, 'host.json'), text);
  expect(() => readHostJson(folder, {})).toThrow(problem);
});

test('local.settings.json is read with everything that Core Tools looks at', () => {
  writeFileSync(
    join(folder, 'local.settings.json'),
    JSON.stringify({
      Values: { A: 'a', N: 1, B: true, Z: null },
      ConnectionStrings: { One: 'one', Two: { ConnectionString: 'two', ProviderName: 'x' } },
      Host: { LocalHttpPort: '7073', CORS: '*', CORSCredentials: 'true' },
    }),
  );
  expect(readLocalSettings(folder)).toEqual({
    values: {
      A: 'a',
      N: '1',
      B: 'true',
      'ConnectionStrings:One': 'one',
      'ConnectionStrings:Two': 'two',
    },
    port: 7073,
    corsOrigins: ['*'],
    corsCredentials: true,
  });
});

test.each([
  ['{"IsEncrypted":true}', 'is encrypted'],
  ['{"Values":[]}', '"Values"'],
  ['{"Values":{"a":{}}}', '"Values.a"'],
  ['{"Host":{"LocalHttpPort":99999}}', '99999'],
  ['{"Host":{"CORS":1}}', '"Host.CORS"'],
])('the settings %s are refused: %s', (text, problem) => {
  writeFileSync(join(folder, 'local.settings.json'), text);
  expect(() => readLocalSettings(folder)).toThrow(problem);
});
