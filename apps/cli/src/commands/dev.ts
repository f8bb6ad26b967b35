import { join } from 'node:path';
import { BuildFailedError } from '@tricloud/build';
import { PortInUseError, startLocalCloud, type LocalCloud } from '@tricloud/local-cloud';
import { hasBlocks } from '../compare/layout.ts';
import { compareRuntimes } from '../dev/compare-runtimes.ts';
import { functionEnvironment } from '../dev/environment.ts';
import { functionFile, toBadInput } from '../dev/function-file.ts';
import { jsonReporter } from '../dev/json-reporter.ts';
import { liveReporter } from '../dev/live-reporter.ts';
import { plainReporter } from '../dev/plain-reporter.ts';
import type { Reporter } from '../dev/reporter.ts';
import { type DevSettings, devSettings } from '../dev/settings.ts';
import { CommandError } from '../errors.ts';
import { startedUnless, untilStopped } from '../interruption.ts';
import type { Command, Home } from '../main.ts';
import { functionNode } from '../node/function-node.ts';
import { paintFor } from '../terminal.ts';
import { readWorkload } from '../workload-file.ts';

/** `tricloud dev`: the three runtimes until somebody stops them. */
export const dev: Command = async (args, home) => {
  const settings = devSettings(args, process.env);
  const { compareFile } = settings;
  const [{ path: nodePath, note }, options, workload] = await Promise.all([
    functionNode(settings.node),
    toOptions(settings),
    compareFile === undefined ? undefined : readWorkload(compareFile),
  ]);
  const stopped = untilStopped();
  const reporter = reporterFor(settings);
  const cloud = await startedUnless(stopped, (signal) =>
    start({ ...options, nodePath, signal, onEvent: (event) => reporter.event(event) }, home),
  );
  if (cloud === undefined) return 0;
  try {
    if (note !== undefined) reporter.note(note);
    reporter.console(cloud.consoleUrl);
    if (workload !== undefined) {
      const compared = await Promise.race([
        compareRuntimes(cloud.urls, workload, {
          paint: paintFor(process.stdout, process.env),
          lang: 'en',
          width: process.stdout.columns ?? 80,
          hasBlocks: hasBlocks(process.env, process.platform),
        }),
        stopped,
      ]);
      if (compared !== undefined) reporter.compared(compared);
    }
    await stopped;
  } finally {
    await cloud.close();
    reporter.end();
  }
  return 0;
};

async function toOptions(settings: DevSettings) {
  const { providers, ports, awsInstances, inspect, watch } = settings;
  const [env, file] = await Promise.all([
    functionEnvironment(settings.envFiles, process.env),
    settings.functionFile === undefined ? undefined : functionFile(settings.functionFile),
  ]);
  return {
    providers,
    ports,
    env,
    watch,
    ...(file === undefined ? {} : { functionFile: file }),
    ...(awsInstances === undefined ? {} : { awsInstances }),
    ...(inspect === undefined ? {} : { inspect }),
  };
}

async function start(
  options: Omit<Parameters<typeof startLocalCloud>[0], 'appsDir' | 'cacheDir'>,
  { root, cacheDir }: Home,
): Promise<LocalCloud> {
  try {
    return await startLocalCloud({
      ...options,
      appsDir: join(root, 'apps'),
      cacheDir: join(cacheDir, 'dev'),
    });
  } catch (error) {
    if (error instanceof PortInUseError) {
      throw new CommandError(`port ${error.port} is in use`, {
        hint: `${error.flag} N takes another, ${error.flag} 0 a free one`,
        cause: error,
      });
    }
    if (error instanceof BuildFailedError && options.functionFile !== undefined) {
      throw toBadInput(error, options.functionFile);
    }
    throw error;
  }
}

function reporterFor({ json }: DevSettings): Reporter {
  const paint = paintFor(process.stdout, process.env);
  if (json) return jsonReporter(process.stdout);
  const isLive = process.stdout.isTTY && process.env['TERM'] !== 'dumb';
  return isLive ? liveReporter(process.stdout, paint) : plainReporter(process.stdout, paint);
}
