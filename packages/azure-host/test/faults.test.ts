import { connect } from 'node:net';
import { startWatchdog } from '@tricloud/supervisor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, start, type Started } from './support.ts';

let started: Started;
beforeAll(async () => {
  started = await start('faults', {
    env: { AzureFunctionsJobHost__functionTimeout: '00:00:01' },
  });
});
afterAll(() => started.host.close());

test.each([
  ['exit', { code: 3, signal: null }, 'a function that ends the process'],
  ['uncaught', { code: 1, signal: null }, 'an error that nobody catches'],
  ['rejected', { code: 1, signal: null }, 'a promise that nobody awaits'],
])(
  '%s: fails its request with 500, and the next is answered by a new worker',
  async (name, exit) => {
    const before = started.exits.length;
    const pid = started.host.workerPid;
    expect((await started.send(`/api/${name}`)).status).toBe(500);
    const answer = await started.send('/api/fine');
    expect(answer.status).toBe(200);
    expect(answer.text).not.toBe(String(pid));
    expect(started.exits.slice(before)).toEqual([exit]);
  },
);

test.each(['loop', 'hang'])('%s: functionTimeout ends the worker', async (name) => {
  const before = started.exits.length;
  expect((await started.send(`/api/${name}`)).status).toBe(500);
  expect((await started.send('/api/fine')).status).toBe(200);
  expect(started.exits.slice(before)).toEqual([{ code: null, signal: 'SIGKILL' }]);
  expect(started.messages('system').join('\n')).toContain('Timeout value of 1 s exceeded');
});

test('what a function logged before it looped for ever is seen', () => {
  expect(started.messages('user')).toContain('looping');
});

test('a function that changes the directory does not move the host', async () => {
  const before = process.cwd();
  expect((await started.send('/api/chdir')).text).toBe('moved');
  expect(process.cwd()).toBe(before);
});

test('a worker that is killed from outside is back, and requests wait for it', async () => {
  const pid = started.host.workerPid;
  if (pid === undefined) throw new Error('There is no worker.');
  process.kill(pid, 'SIGKILL');
  await eventually(
    () => started.host.workerPid !== pid,
    () => started.host.workerPid,
  );
  const answers = await Promise.all([started.send('/api/fine'), started.send('/api/fine')]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
});

test('a restart lets requests end that are under way, and new ones wait', async () => {
  const old = started.host.workerPid;
  const underWay = started.send('/api/slow');
  await eventually(
    () =>
      started.messages('system').some((message) => message.includes("Executing 'Functions.slow")),
    () => started.messages('system'),
  );
  const restarted = started.host.restart();
  const waiting = started.send('/api/fine');
  expect((await underWay).text).toBe('slow');
  expect((await waiting).text).not.toBe(String(old));
  await restarted;
  expect((await waiting).text).toBe(String(started.host.workerPid));
});

test('restarts that overlap are done one after the other', async () => {
  await Promise.all([started.host.restart(), started.host.restart()]);
  expect((await started.send('/api/fine')).text).toBe(String(started.host.workerPid));
});

test('a body above the limit fails with 500 before it is read', async () => {
  const answer = await new Promise<number>((resolve, reject) => {
    const socket = connect(started.host.port, '127.0.0.1', () => {
      socket.write(
        'POST /api/fine HTTP/1.1\r\nHost: localhost\r\nContent-Length: 104857601\r\n\r\n',
      );
    });
    socket.once('data', (chunk) => {
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(chunk.toString())?.[1]));
      socket.destroy();
    });
    socket.on('error', reject);
  });
  expect(answer).toBe(500);
});

test('a worker that stands by takes over on a restart and after a crash, and ends with the host', async () => {
  const watchdog = startWatchdog();
  const spawned: number[] = [];
  const guard = (pid: number) => {
    spawned.push(pid);
    return watchdog.guard(pid);
  };
  const other = await start('faults', { standby: true, watchdog: { ...watchdog, guard } });
  const standbyOf = async (count: number): Promise<number | undefined> => {
    await expect.poll(() => spawned.length, { timeout: 10_000 }).toBe(count);
    return spawned.at(-1);
  };
  const servingPid = async () => Number((await other.send('/api/fine')).text);
  expect(await servingPid()).toBe(spawned[0]);
  const second = await standbyOf(2);
  await other.host.restart();
  expect(await servingPid()).toBe(second);
  await other.host.restart();
  expect(await servingPid()).toBe(spawned[2]);
  const fourth = await standbyOf(4);
  expect((await other.send('/api/exit')).status).toBe(500);
  expect(await servingPid()).toBe(fourth);
  await other.host.close();
  for (const pid of spawned) expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  watchdog.close();
});

test('closing ends the worker and the port', async () => {
  const other = await start('faults');
  const { port, workerPid } = other.host;
  if (workerPid === undefined) throw new Error('There is no worker.');
  await Promise.all([other.host.close(), other.host.close()]);
  expect(() => process.kill(workerPid, 0)).toThrow(/ESRCH/);
  const again = await start('faults', { port });
  expect(again.host.port).toBe(port);
  await again.host.close();
});

test('a port in use is refused, and nothing is left running', async () => {
  await expect(start('faults', { port: started.host.port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
