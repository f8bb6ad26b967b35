import { access, constants, rm } from 'node:fs/promises';
import { reloadOnChange } from './reload.ts';
import { controlListener } from './control/control-api.ts';
import { createHistory } from './control/history.ts';
import { LocalCloudError } from './errors.ts';
import { listen } from './front.ts';
import type { LocalCloud, LocalCloudEvent, LocalCloudOptions, ProviderId } from './options.ts';
import { startWatchdog } from '@tricloud/azure-host';
import { makeRunFolder, makeSocketFolder } from './run-folder.ts';
import { configOf, type StartedProvider, startProvider } from './start-provider.ts';
import { openFront, type SwitchedFront } from './switched-front.ts';

/**
 * Builds the apps and runs them side by side. Rejects, with nothing left running, when a port is taken or an
 * app cannot be built; resolves when every runtime has come up, or has shown that its function cannot.
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const history = createHistory();
  const emit = (event: LocalCloudEvent) => {
    history.add(event);
    options.onEvent(event);
  };
  const steps: (() => Promise<unknown> | void)[] = [];
  const closeAll = async () => {
    for (const step of steps.splice(0).toReversed()) await step();
  };

  try {
    await checkNode(options.nodePath);
    const running = new Map<ProviderId, StartedProvider>();
    const startedAt = new Date().toISOString();
    const consoleFront = await listen(
      options.ports.console,
      '--port-console',
      controlListener(history, () => ({
        startedAt,
        node: process.versions.node,
        providers: [...running.values()].map((started) => ({
          provider: started.provider,
          url: started.url,
          instances: started.instances(),
          ...configOf(options, started.provider),
        })),
      })),
    );
    steps.push(() => consoleFront.close());
    const fronts = new Map<ProviderId, SwitchedFront>();
    for (const provider of options.providers) {
      const front = await openFront(options.ports[provider], `--port-${provider}`);
      if (provider === 'azure') {
        // Its host listens by itself, later; that the port is in use is told before anybody is ready.
        await front.close();
        continue;
      }
      steps.push(() => front.close());
      fronts.set(provider, front);
    }

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

    const starts = options.providers.map((provider) =>
      startProvider({
        provider,
        options,
        runDir,
        socketDir,
        watchdog,
        emit,
        front: fronts.get(provider),
      }),
    );
    steps.push(async () => {
      const settled = await Promise.allSettled(starts);
      await Promise.all(
        settled.map(async (start) => {
          if (start.status === 'fulfilled') await start.value.close();
        }),
      );
    });
    const started = await Promise.all(starts);
    for (const one of started) running.set(one.provider, one);
    if (options.watch) {
      const watching = reloadOnChange(started, emit);
      steps.push(() => watching.close());
    }
    return {
      urls: Object.fromEntries(started.map(({ provider, url }) => [provider, url])),
      consoleUrl: consoleFront.url,
      close: closeOnce(closeAll),
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function checkNode(nodePath: string | undefined): Promise<void> {
  if (nodePath === undefined) return;
  await access(nodePath, constants.X_OK).catch((error: unknown) => {
    throw new LocalCloudError(`${nodePath} is no program: --node wants the path of a Node.`, {
      cause: error,
    });
  });
}

/** Whoever asks again waits for the same end. */
function closeOnce(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => (closing ??= close());
}
