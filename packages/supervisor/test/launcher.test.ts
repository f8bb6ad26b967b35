import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLauncher, type Launcher, startWatchdog, type Watchdog } from '../src/index.ts';

const folder = realpathSync(tmpdir());
let watchdog: Watchdog;
let spawned: number[] = [];
const closing: (() => unknown)[] = [];

beforeEach(() => {
  // The delay before a stand-by process starts; processes themselves run in real time.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  watchdog = startWatchdog();
  spawned = [];
});
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) await close();
  watchdog.close();
});

function create(hasStandby: boolean): Launcher {
  const guard = (pid: number) => {
    spawned.push(pid);
    return watchdog.guard(pid);
  };
  const launcher = createLauncher({
    entry: new URL('./fixtures/program.ts', import.meta.url),
    watchdog: { ...watchdog, guard },
    hasStandby,
  });
  closing.push(() => launcher.close());
  return launcher;
}

/** Starts a process; what it prints when it runs. */
function launch(launcher: Launcher, name: string, nodeOptions = ''): Promise<unknown> {
  return new Promise((resolve) => {
    const child = launcher.start({
      execArgv: [],
      env: { ...processPath(), NAME: name, NODE_OPTIONS: nodeOptions },
      cwd: folder,
      onLine: (_stream, line) => resolve(JSON.parse(line)),
    });
    closing.push(() => {
      child.kill();
      return child.exited;
    });
  });
}

function processPath(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '' };
}

test('a stand-by process starts later, and becomes what it is assigned to', async () => {
  const launcher = create(true);
  expect(await launch(launcher, 'one')).toEqual({ pid: spawned[0], name: 'one', cwd: folder });
  expect(spawned).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(500);
  expect(spawned).toHaveLength(2);
  expect(await launch(launcher, 'two')).toEqual({ pid: spawned[1], name: 'two', cwd: folder });
  expect(spawned).toHaveLength(2);
});

test('a stand-by process is used once, and the next start has the next one', async () => {
  const launcher = create(true);
  for (const name of ['one', 'two', 'three']) {
    await launch(launcher, name);
    await vi.advanceTimersByTimeAsync(500);
  }
  expect(await launch(launcher, 'four')).toMatchObject({ pid: spawned[3], name: 'four' });
  expect(spawned).toHaveLength(4);
});

test('there is one stand-by process, and none where none is wanted', async () => {
  const launcher = create(true);
  await Promise.all([launch(launcher, 'one'), launch(launcher, 'two')]);
  await vi.advanceTimersByTimeAsync(5000);
  expect(spawned).toHaveLength(3);
  const bare = create(false);
  await launch(bare, 'three');
  await vi.advanceTimersByTimeAsync(5000);
  expect(spawned).toHaveLength(4);
});

test('a stand-by process with other flags of Node is not used, and ends', async () => {
  const launcher = create(true);
  await launch(launcher, 'one');
  await vi.advanceTimersByTimeAsync(500);
  const flags = '--stack-trace-limit=20';
  expect(await launch(launcher, 'two', flags)).toMatchObject({ pid: spawned[2], name: 'two' });
  vi.useRealTimers();
  await expect.poll(() => hasExited(spawned[1]), { timeout: 10_000 }).toBe(true);
});

test('a closed launcher leaves no stand-by process', async () => {
  const launcher = create(true);
  await launch(launcher, 'one');
  await vi.advanceTimersByTimeAsync(500);
  await launcher.close();
  vi.useRealTimers();
  await expect.poll(() => hasExited(spawned[1]), { timeout: 10_000 }).toBe(true);
});

test('a launcher that is closed before it is time starts no stand-by process', async () => {
  const launcher = create(true);
  await launch(launcher, 'one');
  await launcher.close();
  await vi.advanceTimersByTimeAsync(5000);
  expect(spawned).toHaveLength(1);
});

function hasExited(pid = 0): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}
