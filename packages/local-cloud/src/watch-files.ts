import { existsSync, type FSWatcher, watch } from 'node:fs';
import path from 'node:path';

/** Watches files until it is closed. */
export interface FileWatcher {
  /** Watches these files instead of the previous ones; with `siblings` every source and JSON file in their folders counts. */
  watch(files: ReadonlySet<string>, options: { readonly siblings: boolean }): void;
  close(): void;
}

/** Time in which changes count as one: an editor writes, renames and touches a file at once. */
const burstMs = 15;

/**
 * Calls back once for each burst of changes, with the time of the first one (`performance.now()`). Folders are
 * watched rather than files, because a watched file is lost when an editor saves by renaming.
 */
export function createFileWatcher(onChange: (changedAt: number) => void): FileWatcher {
  const folders = new Map<string, FSWatcher>();
  let isWatched: (file: string) => boolean = nothing;
  let changedAt: number | undefined;
  let timer: NodeJS.Timeout | undefined;

  const onEvent = (file: string | undefined) => {
    if (file !== undefined && !isWatched(file)) return;
    const first = (changedAt ??= performance.now());
    clearTimeout(timer);
    timer = setTimeout(() => {
      changedAt = undefined;
      onChange(first);
    }, burstMs);
  };

  return {
    watch(files, { siblings }) {
      isWatched = (file) => files.has(file) || (siblings && isSource(path.basename(file)));
      const wanted = new Set([...files].map((file) => path.dirname(file)));
      for (const [folder, watcher] of folders) {
        if (wanted.has(folder) && existsSync(folder)) continue;
        watcher.close();
        folders.delete(folder);
      }
      for (const folder of wanted) {
        if (folders.has(folder) || !existsSync(folder)) continue;
        folders.set(folder, watchFolder(folder, onEvent));
      }
    },
    close() {
      clearTimeout(timer);
      for (const watcher of folders.values()) watcher.close();
    },
  };
}

const nothing = () => false;

/** True for the name of a file that a bundle may import: a log, which this process may write itself, is none. */
function isSource(name: string): boolean {
  return !name.startsWith('.') && /\.(?:[cm]?[jt]sx?|json)$/.test(name);
}

/** Reports the changed file, or `undefined` where the system does not name it. */
function watchFolder(folder: string, onEvent: (file: string | undefined) => void): FSWatcher {
  const watcher = watch(folder, (_event, name) => {
    onEvent(name === null ? undefined : path.join(folder, name));
  });
  return watcher.on('error', () => watcher.close());
}
