import { rm } from 'node:fs/promises';
import { startWatchdog } from '@tricloud/supervisor';
import { reloadOnChange } from './reload.ts';
import { controlListener, type Status } from './control/control-api.ts';
import { createHistory } from './control/history.ts';
import { listen } from './front.ts';
import type { LocalCloud, LocalCloudEvent, LocalCloudOptions, ProviderId } from './options.ts';
import { makeRunFolder, makeSocketFolder } from './run-folder.ts';
import {
  configOf,
  type ProviderStart,
  type StartedProvider,
  startProvider,
} from './start-provider.ts';
import { openFront, type SwitchedFront } from './switched-front.ts';

type CloseStep = () => Promise<unknown> | void;

/**
 * Builds the apps and runs them side by side. Rejects, with nothing left running, when a port is taken or an
 * app cannot be built; resolves when every runtime is ready, or has shown that its function cannot be loaded.
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const steps: CloseStep[] = [];
  const close = once(async () => {
    for (const step of steps.splice(0).toReversed()) await step();
  });
  try {
    return { ...(await start(options, steps)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Adds to `steps` what ends that which was started, the last one first. */
async function start(
  options: LocalCloudOptions,
  steps: CloseStep[],
): Promise<Omit<LocalCloud, 'close'>> {
  const history = createHistory();
  const emit = (event: LocalCloudEvent) => {
    history.add(event);
    options.onEvent(event);
  };
  const running: StartedProvider[] = [];
  const listener = controlListener(history, statusOf(options, running));
  const consoleFront = await listen(options.ports.console, '--port-console', listener);
  steps.push(() => consoleFront.close());
  const fronts = await openFronts(options, steps);
  const guarded = await makeFolders(options, steps);
  const starts = options.providers.map((provider) =>
    startProvider({ provider, options, emit, front: fronts.get(provider), ...guarded }),
  );
  steps.push(() => closeProviders(starts));
  running.push(...(await Promise.all(starts)));
  if (options.watch) {
    const watching = reloadOnChange(running, emit);
    steps.push(() => watching.close());
  }
  const urls = Object.fromEntries(running.map(({ provider, url }) => [provider, url]));
  return { urls, consoleUrl: consoleFront.url };
}

function statusOf(options: LocalCloudOptions, running: readonly StartedProvider[]): () => Status {
  const startedAt = new Date().toISOString();
  return () => ({
    startedAt,
    node: options.nodeVersion ?? process.versions.node,
    providers: running.map((started) => ({
      provider: started.provider,
      url: started.url,
      instances: started.instances(),
      ...configOf(options, started.provider),
    })),
  });
}

async function openFronts(
  options: LocalCloudOptions,
  steps: CloseStep[],
): Promise<ReadonlyMap<ProviderId, SwitchedFront>> {
  const fronts = new Map<ProviderId, SwitchedFront>();
  for (const provider of options.providers) {
    const front = await openFront(options.ports[provider], `--port-${provider}`);
    if (provider === 'azure') {
      // Its host listens by itself, later; a port in use is reported before anything is built.
      await front.close();
      continue;
    }
    steps.push(() => front.close());
    fronts.set(provider, front);
  }
  return fronts;
}

/** The folders of this run, which are removed however it ends. */
async function makeFolders(
  options: LocalCloudOptions,
  steps: CloseStep[],
): Promise<Pick<ProviderStart, 'watchdog' | 'runDir' | 'socketDir'>> {
  const watchdog = startWatchdog();
  steps.push(() => watchdog.close());
  const [runDir, socketDir] = await Promise.all([
    makeRunFolder(options.cacheDir),
    makeSocketFolder(),
  ]);
  for (const folder of [runDir, socketDir]) {
    watchdog.guardFolder(folder);
    steps.push(() => rm(folder, { recursive: true, force: true }));
  }
  return { watchdog, runDir, socketDir };
}

async function closeProviders(starts: readonly Promise<StartedProvider>[]): Promise<void> {
  const settled = await Promise.allSettled(starts);
  await Promise.all(
    settled.map(async (started) => {
      if (started.status === 'fulfilled') await started.value.close();
    }),
  );
}

/** Calls that follow the first one get its result. */
function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => (closing ??= close());
}
