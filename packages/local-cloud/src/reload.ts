import { type AppBuilder, BuildFailedError, type BuiltApp } from '@tricloud/build';
import type { LocalCloudEvent, ProviderId } from './options.ts';
import { createFileWatcher } from './watch-files.ts';

/** A running app that can be rebuilt and swapped. */
export interface ReloadableApp {
  readonly provider: ProviderId;
  readonly builder: AppBuilder;
  readonly built: BuiltApp;
  serve(app: BuiltApp): Promise<void>;
}

/** The build of an app that is served, and the inputs of its last build. */
interface AppState {
  readonly app: ReloadableApp;
  served: string;
  inputs: readonly string[];
  /** Message of its last build, where that failed. */
  failure: string | undefined;
}

interface ReloadContext {
  readonly isClosed: () => boolean;
  readonly watchInputs: () => void;
}

/** Rebuilds and swaps every app when one of its sources changes. */
export function reloadOnChange(
  apps: readonly ReloadableApp[],
  emit: (event: LocalCloudEvent) => void,
): { close(): Promise<void> } {
  const states = apps.map((app): AppState => ({
    app,
    served: fingerprint(app.built),
    inputs: app.built.inputs,
    failure: undefined,
  }));
  let work = Promise.resolve();
  let isClosed = false;

  const reload = async (changedAt: number) => {
    if (isClosed) return;
    const before = states.map(({ failure }) => failure);
    const reloaded = await Promise.all(
      states.map((state) => reloadApp(state, { isClosed: () => isClosed, watchInputs })),
    );
    if (isClosed) return;
    reportFailures(
      states.filter(({ failure }, i) => failure !== before[i]),
      emit,
    );
    const providers = reloaded.flatMap((provider) => provider ?? []);
    if (providers.length === 0) return;
    emit({ type: 'reloaded', providers, ms: Math.round(performance.now() - changedAt) });
  };
  const watcher = createFileWatcher((changedAt) => {
    work = work.then(() => reload(changedAt));
  });
  const watchInputs = () =>
    watcher.watch(new Set(states.flatMap(({ inputs }) => inputs)), {
      // A new file may repair a build that fails.
      siblings: states.some(({ failure }) => failure !== undefined),
    });

  watchInputs();
  return {
    async close() {
      isClosed = true;
      watcher.close();
      await work;
    },
  };
}

/** The provider if it now serves another build. */
async function reloadApp(
  state: AppState,
  { isClosed, watchInputs }: ReloadContext,
): Promise<ProviderId | undefined> {
  const { app } = state;
  const { provider } = app;
  try {
    const built = await app.builder.build();
    state.failure = undefined;
    state.inputs = built.inputs;
    if (isClosed()) return undefined;
    watchInputs();
    const next = fingerprint(built);
    if (state.served === next) return undefined;
    await app.serve(built);
    state.served = next;
    return provider;
  } catch (error) {
    state.failure = error instanceof BuildFailedError ? error.summary : String(error);
    // Before the failure is reported: who reads it may repair the build at once.
    if (!isClosed()) watchInputs();
    return undefined;
  }
}

/** Reports a failure once for all providers that have it. */
function reportFailures(states: readonly AppState[], emit: (event: LocalCloudEvent) => void): void {
  const messages = new Set(states.flatMap(({ failure }) => failure ?? []));
  for (const message of messages) {
    const providers = states
      .filter(({ failure }) => failure === message)
      .map(({ app }) => app.provider);
    emit({ type: 'build-failed', providers, message });
  }
}

/** The code without the source map, which changes with every comment. */
function fingerprint(app: BuiltApp): string {
  return app.files
    .filter((file) => !file.path.endsWith('.map'))
    .map((file) => `${file.path}\n${Buffer.from(file.contents).toString('latin1')}`)
    .join('\0');
}
