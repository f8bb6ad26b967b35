import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** How often memory is looked at: an instance that grows fast is found before the machine suffers. */
const everyMs = 250;
const pageBytes = 4096;
const MiB = 1024 * 1024;

/** A process whose resident memory is held to a limit. */
export interface MemoryBound {
  /** `undefined` where the process could not be started: there is nothing to watch then. */
  readonly pid: number | undefined;
  readonly memoryMiB: number;
  readonly onExceeded: (residentMiB: number) => void;
}

/**
 * Watches the resident memory of a process, as the cloud's own limit does: V8's flag bounds the heap alone, and a
 * buffer is not on it. The function returned ends the watch.
 */
export function watchMemory(bound: MemoryBound): () => void {
  const { pid } = bound;
  if (pid === undefined) return () => undefined;
  let isReading = false;
  const timer = setInterval(() => {
    if (isReading) return;
    isReading = true;
    void residentBytes(pid)
      .then((bytes) => {
        const residentMiB = Math.ceil(bytes / MiB);
        if (residentMiB > bound.memoryMiB + runtimeMiB) bound.onExceeded(residentMiB);
        return undefined;
      })
      .catch(() => undefined)
      .finally(() => {
        isReading = false;
      });
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * What Node itself occupies here is not counted: shared libraries and the program's own pages, which a
 * development machine's Node and a loader add to.
 */
const runtimeMiB = 64;

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
