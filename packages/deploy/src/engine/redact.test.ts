import { describe, expect, test } from 'vitest';
import { isSecretName, redactJson, redactor } from './redact.ts';

const planted = 'h"unter/2 \\+ planted';

describe('a text', () => {
  const redact = redactor({
    API_KEY: planted,
    PLAIN: 'shop',
    SHORT_KEY: 'abcde',
    SIX_KEY: 'uvwxyz',
    GONE_TOKEN: undefined,
  });

  test.each([
    ['as it is', planted],
    ['in JSON', JSON.stringify({ a: planted })],
    ['in a URL', `https://x/?a=${encodeURIComponent(planted)}`],
    ['in a form', new URLSearchParams({ a: planted }).toString()],
    ['in JSON within JSON', JSON.stringify(JSON.stringify({ a: planted }))],
    ['in base64', Buffer.from(planted).toString('base64')],
    ['in base64 for URLs', Buffer.from(planted).toString('base64url')],
  ])('holds no secret %s', (_form, text) => {
    expect(redact(text)).toContain('[redacted]');
    expect(redact(text)).not.toMatch(/unter|aCJ1bn/);
  });

  test('holds no secret of six characters', () => {
    expect(redact('is uvwxyz')).toBe('is [redacted]');
  });

  test('keeps what is no secret', () => {
    const text =
      'shop abcde https://shop.example/v1?page=2 sha256 9f86d081884c7d659a2feaa0c55ad015';
    expect(redact(text)).toBe(text);
  });

  test.each([
    'basic authentication is switched off',
    'https://shop.example/?code=200&page=2',
    'arn:aws:iam::123456789012:role/shop-dev',
    'write to ann@example.com',
    'https://registry.example:443/@google-cloud/functions',
    'the author of a tokenizer',
    'http://127.0.0.1:4001/users/ann@example.com',
    'tokens=512 key=orders/1 page=2',
    'npx tricloud deploy aws --set API_KEY="$API_KEY" --set MODE=live',
    'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop-a1B2c3',
    'password: must be long',
    '{"allowSharedKeyAccess": false, "maxTokens": 5, "password": null}',
    '{"secret": "stripe", "secretName": "stripe"}',
    'secretName: stripe',
    'the bearer of news',
    'https://shop.example:8443 is what ann@example.com uses',
    'http://localhost:4001/users/ann@example.com',
    'redis://cache:6379 is what ann@example.com uses',
    'https://a.example/?code=k15',
    'https://hooks.slack.com',
  ])('keeps %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  test.each([
    ['an access key of AWS', 'id AKIAIOSFODNN7EXAMPLE.', 'id [redacted].'],
    ['a temporary one', 'ASIAIOSFODNN7EXAMPLE', '[redacted]'],
    ['a token', 'token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'token [redacted]'],
    ['a token of Google', 'ya29.a0AfH6SMBx_example', '[redacted]'],
    ['an API key of Google', `AIza${'Sy-_5'.repeat(7)}`, '[redacted]'],
    ['a user and a password', 'Basic dXNlcjpwYXNz', 'Basic [redacted]'],
    ['a key of a function', 'https://a/b?code=abcdEFGH12345678==', 'https://a/b?code=[redacted]'],
    ['a header', 'Authorization: Bearer abcdefghijkl', 'Authorization: Bearer [redacted]'],
    ['a signed URL', 'https://a/b?se=1&sig=ab%2Fcd&sp=r', 'https://a/b?se=1&sig=[redacted]&sp=r'],
    [
      'a connection string',
      'AccountName=a;AccountKey=Zm9v==;X=1',
      'AccountName=a;AccountKey=[redacted];X=1',
    ],
    ['a password without a user', 'redis://:hunter2@h:6379', 'redis://:[redacted]@h:6379'],
    ['a password with @', 'postgres://u:p@ss@h/db', 'postgres://u:[redacted]@h/db'],
    ['a password with /', 'amqps://u:p/w@h', 'amqps://u:[redacted]@h'],
    ['a password that looks like a port', 'amqp://u:1234/5@h', 'amqp://u:[redacted]@h'],
    ['a password of an HTTP URL', 'https://u:p/w@h/a', 'https://u:[redacted]@h/a'],
    [
      'an API key in a URL',
      'https://h/?api_key=abc&page=2',
      'https://h/?api_key=[redacted]&page=2',
    ],
    ['a token in a URL', '/a?token=abc', '/a?token=[redacted]'],
    ['a key in a URL', 'https://h/a?page=2&key=abc#x', 'https://h/a?page=2&key=[redacted]#x'],
    ['a password of a database', 'Server=h;Password=p@s s;X=1', 'Server=h;Password=[redacted];X=1'],
    ['a quoted password', "Server=h;Pwd='a;b';X=1", 'Server=h;Pwd=[redacted];X=1'],
    [
      'a key of a queue',
      'Endpoint=sb://h/;SharedAccessKey=ab+c=',
      'Endpoint=sb://h/;SharedAccessKey=[redacted]',
    ],
    ['a variable of a log', 'DB_PW=abc LICENSE=xyz', 'DB_PW=[redacted] LICENSE=[redacted]'],
    ['a password in a URL', 'postgres://me:pa55@db/x', 'postgres://me:[redacted]@db/x'],
    ['a short token', 'Authorization: Bearer bear12', 'Authorization: Bearer [redacted]'],
    ['a short word as a token', 'authorization: bearer abc', 'authorization: bearer [redacted]'],
    ['a short token without its header', 'Bearer bear12', 'Bearer [redacted]'],
    [
      'a token as the user of a URL',
      'https://ghp_abc20@github.com/x',
      'https://[redacted]@github.com/x',
    ],
    [
      'a webhook of Slack',
      'https://hooks.slack.com/services/T1/B2/c3',
      'https://hooks.slack.com/[redacted]',
    ],
    ['a token of Slack', 'is xoxb-123-abc', 'is [redacted]'],
    ['a token of GitHub', `is ghp_${'a1B2'.repeat(9)}`, 'is [redacted]'],
    ['a password after a colon', 'password: yyy1', 'password: [redacted]'],
    ['a word as a password', 'dbPassword: hunter\nb: 1', 'dbPassword: [redacted]\nb: 1'],
    ['a password in JSON', '{"password":"a b","c":1}', '{"password":"[redacted]","c":1}'],
    [
      'a secret in JSON within JSON',
      String.raw`{\"clientSecret\":\"ab\"}`,
      String.raw`{\"clientSecret\":\"[redacted]\"}`,
    ],
    ["a password with '", "postgres://u:p'w@h/db", 'postgres://u:[redacted]@h/db'],
    ['a password with < and >', 'postgres://u:p<w>x@h/db', 'postgres://u:[redacted]@h/db'],
    ['a password with a space', 'postgres://u:p w@h/db', 'postgres://u:[redacted]@h/db'],
    ['a password with a space in an HTTP URL', 'https://u:p w@h/db', 'https://u:[redacted]@h/db'],
    [
      'a password that looks like a port after a user',
      'https://u:12345/p6@h/x',
      'https://u:[redacted]@h/x',
    ],
    ['a private key that is cut off', 'a -----BEGIN PRIVATE KEY-----\nMII', 'a [redacted]'],
    [
      'a private key',
      'a -----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY----- b',
      'a [redacted] b',
    ],
  ])('shows no %s', (_what, text, shown) => {
    expect(redact(text)).toBe(shown);
  });
});

test.each([
  ['AWS_SECRET_ACCESS_KEY', true],
  ['AWS_SESSION_TOKEN', true],
  ['AZURE_CLIENT_SECRET', true],
  ['DATABASE_PASSWORD', true],
  ['apiKey', true],
  ['STRIPE_KEY', true],
  ['SENTRY_DSN', true],
  ['STORAGE_CONNECTION_STRING', true],
  ['DB_PWD', true],
  ['DB_PW', true],
  ['CARD_PIN', true],
  ['LICENSE', true],
  ['SECRET_VALUE', true],
  ['PGPASSWORD', true],
  ['MYPASSWORD', true],
  ['DBPASSWORD', true],
  ['DBPASS', true],
  ['ENCRYPTIONKEY', true],
  ['BEARERTOKEN', true],
  ['PASSCODE', true],
  ['USERPIN', true],
  ['OTP', true],
  ['SALT', true],
  ['JWT', true],
  ['COMPASS', false],
  ['TURKEY', false],
  ['SPIN', false],
  ['TOKENIZER', false],
  ['PINNED', false],
  ['PWD', false],
  ['OLDPWD', false],
  ['GOOGLE_APPLICATION_CREDENTIALS', false],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', false],
  ['TRICLOUD_REGION', false],
  ['KEYBOARD', false],
  ['PATH', false],
  ['MONKEY', false],
  ['NODE_ENV', false],
])('the name %s says that its value is a secret: %s', (name, isSecret) => {
  expect(isSecretName(name)).toBe(isSecret);
});

test.each([
  ['of a machine’s making', 'hunter2-7f3a9c-0123', '[redacted]'],
  ['of words', 'an-ordinary-setting', 'an-ordinary-setting'],
  ['that is short', 'v1.2.3', 'v1.2.3'],
  ['that is a number', '12345678901234567890', '12345678901234567890'],
  ['that is an address', 'https://db7.shop.example/v1', 'https://db7.shop.example/v1'],
  ['that is a path', '/var/lib/shop/2026-11', '/var/lib/shop/2026-11'],
  ['that is a region', 'northamerica-northeast1', 'northamerica-northeast1'],
])(
  'a value %s given to a function under an ordinary name is shown as it should be',
  (_what, value, shown) => {
    expect(redactor({}, { PLAIN: value })(`is ${value}`)).toBe(`is ${shown}`);
    expect(redactor({ PLAIN: value })(`is ${value}`)).toBe(`is ${value}`);
  },
);

test('a secret that begins like another one is masked as a whole', () => {
  const redact = redactor({ A_KEY: 'planted', B_KEY: 'planted-longer' });
  expect(redact('planted-longer, planted')).toBe('[redacted], [redacted]');
});

test('a value given to a function under the name of a secret is masked, whatever it looks like', () => {
  expect(redactor({}, { API_KEY: 'planted-value' })('is planted-value')).toBe('is [redacted]');
});

test('JSON is redacted wherever a text stands, and keeps its shape', () => {
  const redact = redactor({ KEY: planted });
  expect(redactJson({ a: [planted, 1, null, { b: `x${planted}` }] }, redact)).toEqual({
    a: ['[redacted]', 1, null, { b: 'x[redacted]' }],
  });
});
