import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Child } from './child.ts';

/** Interval between two reads: an instance that grows fast is ended before the machine suffers. */
const everyMs = 250;
const pageBytes = 4096;
const MiB = 1024 * 1024;

/** Not counted: the shared libraries and pages of Node itself, which a development machine's loader adds to. */
const runtimeMiB = 64;

/**
 * Kills a child whose resident memory exceeds the limit, as the cloud does, and reports how much it was before. The
 * flag of V8 bounds the heap alone, and buffers are not on it.
 */
export function watchMemory(
  child: Child,
  limitMiB: number,
  onExceeded: (residentMiB: number) => void,
): void {
  const { pid } = child;
  if (pid === undefined) return;
  let isReading = false;
  const timer = setInterval(() => {
    if (isReading) return;
    isReading = true;
    void residentBytes(pid)
      .then((bytes) => {
        isReading = false;
        const residentMiB = Math.ceil(bytes / MiB);
        if (residentMiB <= limitMiB + runtimeMiB) return undefined;
        clearInterval(timer);
        onExceeded(residentMiB);
        return child.kill();
      })
      // The process has exited.
      .catch(() => clearInterval(timer));
  }, everyMs);
  timer.unref();
  void child.exited.then(() => clearInterval(timer));
}

async function residentBytes(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    const statm = await readFile(`/proc/${pid}/statm`, 'utf8');
    return Number(statm.split(' ')[1] ?? 0) * pageBytes;
  }
  return new Promise((resolve, reject) => {
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, stdout) => {
      if (error === null) resolve(Number(stdout.trim()) * 1024);
      else reject(error);
    });
  });
}
