import { join } from 'node:path';
import { BuildFailedError } from '@tricloud/build';
import { PortInUseError, startLocalCloud, type LocalCloud } from '@tricloud/local-cloud';
import type { Workload } from '@tricloud/core';
import type { Action, Home } from '../command-line/action.ts';
import type { ParsedBy } from '../command-line/parse.ts';
import { hasBlocks } from '../compare/layout.ts';
import { compareRuntimes } from '../dev/compare-runtimes.ts';
import { functionEnvironment } from '../dev/environment.ts';
import { functionFile, toBadInput } from '../dev/function-file.ts';
import { jsonReporter } from '../dev/json-reporter.ts';
import { liveReporter } from '../dev/live-reporter.ts';
import { plainReporter } from '../dev/plain-reporter.ts';
import type { Reporter } from '../dev/reporter.ts';
import { runtimesOf } from '../dev/settings.ts';
import type { dev as declaration } from '../declarations/local.ts';
import { CommandError } from '../errors.ts';
import { startedUnless, untilStopped } from '../interruption.ts';
import { functionNode } from '../node/function-node.ts';
import { paintFor } from '../terminal.ts';
import { readWorkload } from '../workload-file.ts';

type DevValues = ParsedBy<typeof declaration>['values'];

/** `tricloud dev`: runs the three runtimes until it is stopped. */
export const dev: Action<typeof declaration> = async ({ values }, home) => {
  const runtimes = runtimesOf(values);
  const [{ path: nodePath, version: nodeVersion, note }, options, workload] = await Promise.all([
    functionNode(values.node),
    optionsOf(values),
    values.compare === undefined ? undefined : readWorkload(values.compare),
  ]);
  const stopped = untilStopped();
  const reporter = reporterFor(values.json);
  const cloud = await startedUnless(stopped, (signal) =>
    start(
      {
        ...runtimes,
        ...options,
        nodePath,
        nodeVersion,
        signal,
        onEvent: (event) => reporter.event(event),
      },
      home,
    ),
  );
  if (cloud === undefined) return 0;
  try {
    if (note !== undefined) reporter.note(note);
    reporter.console(cloud.consoleUrl);
    if (workload !== undefined) await compareUntil(stopped, { cloud, workload, reporter });
    await stopped;
  } finally {
    await cloud.close();
    reporter.end();
  }
  return 0;
};

async function compareUntil(
  stopped: Promise<void>,
  { cloud, workload, reporter }: { cloud: LocalCloud; workload: Workload; reporter: Reporter },
): Promise<void> {
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

async function optionsOf({ awsInstances, env, envFile, inspect, watch, ...values }: DevValues) {
  const [environment, file] = await Promise.all([
    functionEnvironment([...env, ...envFile], process.env),
    values.function === undefined ? undefined : functionFile(values.function),
  ]);
  return {
    env: environment,
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

function reporterFor(json: boolean): Reporter {
  const paint = paintFor(process.stdout, process.env);
  if (json) return jsonReporter(process.stdout);
  const isLive = process.stdout.isTTY && process.env['TERM'] !== 'dumb';
  return isLive ? liveReporter(process.stdout, paint) : plainReporter(process.stdout, paint);
}
