import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Handler, json } from './fake-server.ts';
import { catalogSku, offerFile, retailItems, retailPage } from './interfaces.ts';
import { at, command, copies, fake, KEY } from './world.ts';

const queues = offerFile('AWSQueueService', [
  {
    sku: 'A',
    family: 'API Request',
    attributes: { queueType: 'Standard' },
    unit: 'Requests',
    tiers: [[0, '0.0000004']],
  },
  {
    sku: 'B',
    family: 'API Request',
    attributes: { queueType: 'FIFO (first-in, first-out)' },
    unit: 'Requests',
    tiers: [[0, '0.0000005']],
  },
  {
    sku: 'C',
    family: 'API Request',
    attributes: { queueType: 'Fair' },
    unit: 'Requests',
    tiers: [[0, '0.0000001']],
  },
]);
const calls = {
  serviceName: 'API Management',
  productName: 'API Management',
  skuName: 'Consumption',
  meterName: 'Consumption Calls',
  unitOfMeasure: '10K',
};
const items = retailItems(calls, [
  [0, '0'],
  [100, '0.035'],
]);
const global = (unit: string, usd: string) => ({
  regions: ['global'],
  unit,
  tiers: [[0, usd]] as const,
});
const skus = [
  catalogSku('Message Delivery Basic', global('TiBy', '40')),
  catalogSku('Subscriptions retained acknowledged messages', global('GiBy.mo', '0.27')),
  catalogSku('Snapshots message backlog', global('GiBy.mo', '0.27')),
];

const good: Handler = (request, response) => {
  if (request.url?.startsWith('/offers') === true) json(response, queues);
  else if (request.url?.startsWith('/v1') === true) json(response, { skus });
  else json(response, retailPage(items));
};

/** Fails the first answers to every path, and is well afterwards. */
const failing = (times: number, fail: Handler): Handler => {
  const seen = new Map<string, number>();
  return (request, response, url) => {
    const count = (seen.get(url.pathname) ?? 0) + 1;
    seen.set(url.pathname, count);
    (count <= times ? fail : good)(request, response, url);
  };
};

const stalled: Handler = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"formatVersion":"v1.0",');
};

const circular: Handler = (request, response, url) =>
  json(
    response,
    url.pathname.startsWith('/v1')
      ? { skus, nextPageToken: 'again' }
      : retailPage(items, `http://${request.headers.host}${request.url}`),
  );

/** The three interfaces behind one handler, and a list of each. */
async function refreshFrom(handler: Handler, ...args: readonly string[]) {
  const server = await fake(handler);
  const names = ['aws-sqs', 'azure-api-management', 'google-pubsub'];
  const lists = await copies(...names);
  const before = await Promise.all(names.map((name) => lists.text(name)));
  const ran = await command(['--write', '--lists', lists.dir, ...args], at(server));
  const after = await Promise.all(names.map((name) => lists.text(name)));
  return { ...ran, server, isUntouched: JSON.stringify(before) === JSON.stringify(after) };
}

test('with nothing wrong all three are read and written', async () => {
  expect(await refreshFrom(good)).toMatchObject({ code: 0, waits: [], isUntouched: false });
});

describe('what passes is tried again', () => {
  test.each([
    { why: '429 with seconds to wait', fail: status(429, { 'retry-after': '7' }), wait: 7000 },
    { why: '503 with seconds to wait', fail: status(503, { 'retry-after': '0' }), wait: 0 },
    {
      why: '429 with a date that is past',
      fail: status(429, { 'retry-after': 'Sun, 22 Nov 2020 10:00:00 GMT' }),
      wait: 0,
    },
    { why: '500', fail: status(500), wait: 500 },
    { why: 'a connection that is dropped at once', fail: drop(), wait: 500 },
    { why: 'a connection that is dropped in the middle', fail: drop('{"Items":['), wait: 500 },
  ])('$why', async ({ fail, wait }) => {
    const ran = await refreshFrom(failing(1, fail));
    expect(ran).toMatchObject({ code: 0, waits: [wait, wait, wait], isUntouched: false });
  });

  test('longer and longer, four times at most, and then it is an error', async () => {
    const ran = await refreshFrom(failing(99, status(429)), '--only', 'azure');
    expect(ran).toMatchObject({ code: 1, waits: [500, 1000, 2000], isUntouched: true });
    expect(ran.out).toMatch(
      /failed: http:\/\/127\.0\.0\.1:\d+\/api\/retail\/prices\?\S+: HTTP 429, 4 times/,
    );
    expect(ran.out).toContain('the lists of azure are left as they are');
  });

  test('not where an interface wants more patience than a minute', async () => {
    const ran = await refreshFrom(
      failing(99, status(503, { 'retry-after': '3600' })),
      '--only',
      'aws',
    );
    expect(ran).toMatchObject({ code: 1, waits: [], isUntouched: true });
    expect(ran.out).toContain('HTTP 503, and asks to wait 3600 s');
  });

  test('silence too', async () => {
    const ran = await refreshFrom(
      failing(99, () => {}),
      '--only',
      'aws',
      '--timeout',
      '0.05',
    );
    expect(ran).toMatchObject({ code: 1, waits: [500, 1000, 2000], isUntouched: true });
    expect(ran.out).toContain('no answer for 0.05 s, 4 times');
  });

  test('silence in the middle of an answer too', async () => {
    const ran = await refreshFrom(failing(99, stalled), '--only', 'aws', '--timeout', '0.05');
    expect(ran).toMatchObject({ code: 1, isUntouched: true });
    expect(ran.out).toContain('no answer for 0.05 s, 4 times');
  });
});

describe('what is wrong is believed in no part', () => {
  test.each([
    {
      why: 'a page instead of data',
      answer: answerOf('text/html', '<html>Scheduled maintenance</html>'),
      says: 'content type is text/html',
    },
    { why: 'no content type', answer: answerOf(null, '{}'), says: 'content type is none' },
    {
      why: 'JSON that is cut off',
      answer: answerOf('application/json', JSON.stringify(queues).slice(0, -40)),
      says: /cut off|no whole JSON/,
    },
    {
      why: 'an empty answer',
      answer: answerOf('application/json', ''),
      says: /cut off|no whole JSON/,
    },
    {
      why: 'another form',
      answer: answerOf('application/json', '{"data":[]}'),
      says: /another form than is known|no .* fits|no SKU/,
    },
    {
      why: 'a redirect, which could take the key elsewhere',
      answer: status(302, { location: 'http://127.0.0.1:9/' }),
      says: 'HTTP 302',
    },
    { why: 'nothing there', answer: status(404), says: 'HTTP 404' },
    { why: 'a refusal', answer: status(403), says: 'HTTP 403' },
  ])('$why', async ({ answer, says }) => {
    for (const provider of ['aws', 'azure', 'google']) {
      const ran = await refreshFrom(answer, '--only', provider);
      expect(ran).toMatchObject({ code: 1, err: '', waits: [], isUntouched: true });
      expect(ran.out).toMatch(says);
      expect(ran.out).not.toContain(KEY);
    }
  });

  test.each([400, 401, 403])(
    'HTTP %i asks whether the key is right, where there is one',
    async (code) => {
      const google = await refreshFrom(status(code), '--only', 'google');
      expect(google.out).toContain(`HTTP ${code}; is the key right, and does its project`);
      const azure = await refreshFrom(status(code), '--only', 'azure');
      expect(azure.out).toMatch(new RegExp(`HTTP ${code}$`, 'm'));
    },
  );

  test.each([
    {
      why: 'a later format',
      file: { ...queues, formatVersion: 'v2.0' },
      says: 'formatVersion is "v2.0"',
    },
    {
      why: 'no date',
      file: { ...queues, publicationDate: undefined },
      says: 'publicationDate is undefined',
    },
    {
      why: 'prices before products',
      file: {
        formatVersion: 'v1.0',
        terms: { OnDemand: { A: {} } },
        products: { A: { sku: 'A' } },
      },
      says: 'products after terms',
    },
    { why: 'no prices', file: { ...queues, terms: {} }, says: 'there are no terms.OnDemand' },
    {
      why: 'a price that is no decimal',
      file: JSON.parse(JSON.stringify(queues).replaceAll('0.0000004000', '4e-7')),
      says: 'terms of A',
    },
    {
      why: 'tiers with a gap',
      file: JSON.parse(JSON.stringify(queues).replace('"endRange":"Inf"', '"endRange":"5"')),
      says: 'has tiers that end at 5',
    },
  ])('an offer file with $why', async ({ file, says }) => {
    const ran = await refreshFrom((_, response) => json(response, file), '--only', 'aws');
    expect(ran).toMatchObject({ code: 1, isUntouched: true });
    expect(ran.out).toContain(says);
  });

  test.each([
    {
      why: 'a next page elsewhere',
      page: retailPage(items, 'https://example.com/api'),
      says: 'its next page is elsewhere, at https://example.com',
    },
    {
      why: 'a next page that is no address',
      page: retailPage(items, 'page 2'),
      says: 'its next page is elsewhere, at "page 2"',
    },
    {
      why: 'a field that is gone',
      page: retailPage(items.map((item) => ({ ...item, retailPrice: undefined }))),
      says: 'Items.0.retailPrice',
    },
    {
      why: 'a price below zero',
      page: retailPage(items.map((item) => ({ ...item, retailPrice: -1 }))),
      says: 'Items.0.retailPrice',
    },
  ])('a page of retail prices with $why', async ({ page, says }) => {
    const ran = await refreshFrom((_, response) => json(response, page), '--only', 'azure');
    expect(ran).toMatchObject({ code: 1, isUntouched: true });
    expect(ran.out).toContain(says);
  });

  test('pages that lead back to the first', async () => {
    for (const provider of ['azure', 'google']) {
      const ran = await refreshFrom(circular, '--only', provider);
      expect(ran).toMatchObject({ code: 1, isUntouched: true });
      expect(ran.out).toContain('its pages do not end');
      expect(ran.server.asked.length).toBeLessThan(5);
    }
  });

  test('a failing provider keeps its own lists, and the others are written', async () => {
    const ran = await refreshFrom((request, response, url) =>
      url.pathname.startsWith('/v1')
        ? status(403)(request, response, url)
        : good(request, response, url),
    );
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('the lists of google are left as they are');
    expect(ran.out).toMatch(/wrote \S+aws-sqs\.json/);
    expect(ran.out).toMatch(/wrote \S+azure-api-management\.json/);
    expect(ran.out).not.toMatch(/wrote \S+google-pubsub\.json/);
  });
});

describe('arguments', () => {
  test.each([
    { args: ['--only', 'gcp'], says: '--only must be some of aws,google,azure, not "gcp"' },
    { args: ['--only', 'google'], says: 'google needs a key' },
    { args: ['--list', 'aws-nothing'], says: 'there is no list aws-nothing' },
    { args: ['--aws-url', 'ftp://x'], says: '--aws-url must be an http or https address' },
    {
      args: ['--google-url', 'http://example.com'],
      says: 'must be https, since the key is sent there',
    },
    { args: ['--google-key-file', '/nowhere'], says: '/nowhere cannot be read' },
    { args: ['--timeout', 'soon'], says: '--timeout must be seconds' },
    { args: ['--lists', '/nowhere'], says: 'ENOENT' },
    { args: ['--wriet'], says: "Unknown option '--wriet'" },
    { args: ['list.json'], says: 'Unexpected argument' },
  ])('$args are refused with exit code 2', async ({ args, says }) => {
    const ran = await command(args);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain(says);
  });

  test('a list that is none is refused, naming what is wrong', async () => {
    const lists = await copies('aws-sqs');
    const file = join(lists.dir, 'aws-sqs.json');
    const text = await lists.text('aws-sqs');
    for (const wrong of ['"$0.0000005"', '"0.0000005/0.0000003"']) {
      await writeFile(file, text.replace('"0.0000005"', wrong));
      const refused = await command(['--lists', lists.dir]);
      expect(refused).toMatchObject({ code: 2, out: '' });
      expect(refused.err).toContain('aws-sqs');
    }
    await writeFile(file, text.slice(0, -20));
    const ran = await command(['--lists', lists.dir]);
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain(file);
  });

  test('a key of several words is refused without being told', async () => {
    const ran = await command(['--only', 'google'], { GOOGLE_API_KEY: `${KEY}\n${KEY}` });
    expect(ran).toMatchObject({ code: 2 });
    expect(ran.err).not.toContain(KEY);
  });

  test('a key is read from a file', async () => {
    const lists = await copies('google-pubsub');
    const file = join(lists.dir, 'key.txt');
    await writeFile(file, `${KEY}\n`);
    const server = await fake(good);
    const { GOOGLE_API_KEY: _, ...urls } = at(server);
    const ran = await command(
      ['--only', 'google', '--google-key-file', file, '--lists', lists.dir],
      urls,
    );
    expect(ran.code).toBe(0);
    expect(server.asked.map(({ key }) => key)).toEqual([KEY]);
    expect(server.asked.map(({ url }) => url).join()).not.toContain(KEY);
  });

  test('without a key the other two are read, and that is told', async () => {
    const server = await fake(good);
    const lists = await copies('aws-sqs', 'google-pubsub');
    const { GOOGLE_API_KEY: _, ...urls } = at(server);
    const ran = await command(['--lists', lists.dir], urls);
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('2 as they were, 1 changed');
    expect(ran.out).toContain('failed: there is no key');
  });

  test('--help fits a terminal', async () => {
    const { code, out } = await command(['--help']);
    expect(code).toBe(0);
    expect(out.split('\n').length).toBeLessThanOrEqual(24);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

function status(code: number, headers: Record<string, string> = {}): Handler {
  return (_, response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers });
    response.end('{"error":"no"}');
  };
}

function answerOf(contentType: string | null, body: string): Handler {
  return (_, response) => {
    response.writeHead(200, contentType === null ? {} : { 'content-type': contentType });
    response.end(body);
  };
}

function drop(begin?: string): Handler {
  return (_, response) => {
    if (begin === undefined) {
      response.destroy();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100000' });
    response.write(begin, () => response.destroy());
  };
}
