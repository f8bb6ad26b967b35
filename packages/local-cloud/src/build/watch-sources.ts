import { existsSync, type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import { BuildFailedError } from '../errors.ts';
import type { LocalCloudEvent, ProviderId } from '../options.ts';
import type { AppBuilder, BuiltApp } from './app-builder.ts';

/** An app that is built anew when a source changes. */
export interface Watched {
  readonly provider: ProviderId;
  readonly builder: AppBuilder;
  readonly built: BuiltApp;
  serve(app: BuiltApp): Promise<void>;
}

/** How long a burst of changes may last: an editor writes, renames and touches in one go. */
const settleMs = 15;

/**
 * Builds and swaps when a source of any bundle changes. Folders are watched rather than files: an editor that
 * saves by renaming leaves a watched file behind.
 */
export function startWatching(
  apps: readonly Watched[],
  emit: (event: LocalCloudEvent) => void,
): { close(): Promise<void> } {
  const served = new Map(apps.map((app) => [app.provider, fingerprint(app.built)]));
  const inputs = new Map(apps.map((app) => [app.provider, new Set(app.built.inputs)]));
  const failing = new Set<ProviderId>();
  const folders = new Map<string, FSWatcher>();
  let changedAt: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let work = Promise.resolve();
  let closed = false;

  const follow = () => {
    const wanted = new Set(
      [...inputs.values()].flatMap((set) => [...set].map((file) => path.dirname(file))),
    );
    for (const [folder, watcher] of folders) {
      if (wanted.has(folder) && existsSync(folder)) continue;
      watcher.close();
      folders.delete(folder);
    }
    for (const folder of wanted) {
      if (folders.has(folder) || !existsSync(folder)) continue;
      const watcher = watch(folder, (_event, name) => {
        if (name === null || isInput(path.join(folder, name))) onChange();
      });
      watcher.on('error', () => watcher.close());
      folders.set(folder, watcher);
    }
  };

  /** While a build fails any change may be the cure, a new file included. */
  const isInput = (file: string) =>
    (failing.size > 0 && !path.basename(file).startsWith('.')) ||
    [...inputs.values()].some((set) => set.has(file));

  const onChange = () => {
    changedAt ??= performance.now();
    clearTimeout(timer);
    timer = setTimeout(() => {
      const since = changedAt ?? performance.now();
      changedAt = undefined;
      work = work.then(() => reload(since));
    }, settleMs);
  };

  const reload = async (since: number) => {
    if (closed) return;
    const reloaded = await Promise.all(apps.map((app) => reloadApp(app)));
    if (closed) return;
    follow();
    const providers = reloaded.flatMap((provider) => provider ?? []);
    if (providers.length > 0) {
      emit({
        type: 'reloaded',
        providers,
        ms: Math.round(performance.now() - since),
      });
    }
  };

  /** The provider when it serves something new. */
  const reloadApp = async (app: Watched): Promise<ProviderId | undefined> => {
    const { provider } = app;
    try {
      const built = await app.builder.build();
      failing.delete(provider);
      inputs.set(provider, new Set(built.inputs));
      const print = fingerprint(built);
      if (closed || served.get(provider) === print) return undefined;
      await app.serve(built);
      served.set(provider, print);
      return provider;
    } catch (error) {
      failing.add(provider);
      const message = error instanceof BuildFailedError ? error.message : String(error);
      if (!closed) emit({ type: 'build-failed', provider, message });
      return undefined;
    }
  };

  follow();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      for (const watcher of folders.values()) watcher.close();
      await work;
    },
  };
}

/** What tells one build from another: the code, and not the source map, which changes with every comment. */
function fingerprint(app: BuiltApp): string {
  return app.files
    .filter((file) => !file.path.endsWith('.map'))
    .map((file) => `${file.path}\n${Buffer.from(file.contents).toString('latin1')}`)
    .join('\0');
}
