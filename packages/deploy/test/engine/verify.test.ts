import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verify } from '../../src/engine/verify.ts';
import { portOf } from '../azure/port-of.ts';
import { virtualTiming } from '../timing.ts';

interface Answer {
  readonly status: number;
  readonly id?: string;
  readonly location?: string;
}

let server: Server;
let url: URL;
let answers: Answer[];
let asked: (string | undefined)[];

beforeEach(async () => {
  answers = [];
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.headers.authorization);
    const { status, id, location } = answers.length > 1 ? answers.shift()! : answers[0]!;
    const isAsked = request.headers['tricloud-deployment-id'] !== undefined;
    if (id !== undefined && isAsked) response.setHeader('tricloud-deployment-id', id);
    if (location !== undefined) response.setHeader('location', location);
    response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = new URL(`http://127.0.0.1:${portOf(server)}/`);
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const sign = async (request: Request) => {
  request.headers.set('authorization', 'signed');
  return request;
};

const ask = async (id: string | null) => {
  const timing = virtualTiming();
  const { signal } = new AbortController();
  const problem = await verify(url, { id, sign, env: {}, signal, timing });
  return { problem, waits: timing.waits.length };
};

describe('a deployment is verified', () => {
  test('once it answers, however it answers what is not its own', async () => {
    answers = [{ status: 404 }, { status: 200, id: 'old' }, { status: 404, id: 'new' }];
    expect(await ask('new')).toEqual({ problem: null, waits: 2 });
    expect(asked).toEqual(['signed', 'signed', 'signed']);
  });

  test('not while the previous one answers', async () => {
    answers = [{ status: 200, id: 'old' }];
    const problem = `${url.href}: another deployment answers (old)`;
    expect(await ask('new')).toEqual({ problem, waits: 45 });
  });

  test('not while only a gateway answers', async () => {
    answers = [{ status: 200 }];
    const { problem } = await ask('new');
    expect(problem).toBe(`${url.href}: status 200, not from this deployment`);
  });

  test.each([500, 403])(
    'not when it answers %s itself, which waiting does not change',
    async (status) => {
      answers = [{ status, id: 'new' }];
      expect(await ask('new')).toEqual({ problem: `${url.href}: status ${status}`, waits: 0 });
    },
  );

  test('by any answer but a failure where its id is not known', async () => {
    answers = [{ status: 503 }, { status: 403 }, { status: 404 }];
    expect(await ask(null)).toEqual({ problem: null, waits: 2 });
  });

  test('not after an interruption, which ends it at once', async () => {
    const controller = new AbortController();
    const reason = new Error('interrupted');
    const timing = virtualTiming();
    const verifying = verify(url, {
      id: 'new',
      sign: async (request) => {
        controller.abort(reason);
        return request;
      },
      env: {},
      signal: controller.signal,
      timing,
    });
    await expect(verifying).rejects.toBe(reason);
    expect(timing.waits).toEqual([]);
  });

  test('by a redirect of its own, which is not followed', async () => {
    answers = [
      { status: 302, id: 'new', location: '/elsewhere' },
      { status: 200, id: 'old' },
    ];
    expect(await ask('new')).toEqual({ problem: null, waits: 0 });
  });
});
