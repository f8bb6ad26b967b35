import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  AppLoadError,
  formatFunctionList,
  formatLogLine,
  type Host,
  type HostOptions,
  readLocalSettings,
  SettingsError,
  startHost,
} from '@tricloud/azure-host';
import type { Action } from '../command-line/action.ts';
import type { azureHost as declaration } from '../declarations/local.ts';
import { BadInputError, CommandError } from '../errors.ts';
import { startedUnless, untilStopped } from '../interruption.ts';
import { asBadInput, readJson } from '../json-file.ts';
import { functionNode } from '../node/function-node.ts';
import { withoutControls } from '../terminal.ts';

/** `tricloud azure-host`: runs one @azure/functions v4 app until it is stopped. */
export const azureHost: Action<typeof declaration> = async ({ operands: folder, values }) => {
  const appDir = await appFolder(folder);
  const { path: nodePath, note } = await functionNode(values.node);
  const stopped = untilStopped();
  const options: HostOptions = {
    appDir,
    nodePath,
    port: values.port ?? localPort(appDir) ?? 7071,
    enableAuth: values.enableAuth,
    onLog: (line) => {
      const isDetail = line.level === 'debug' || line.level === 'trace';
      if (!isDetail || values.verbose) printLog(formatLogLine(line));
    },
  };
  const host = await startedUnless(stopped, (signal) => start({ ...options, signal }));
  if (host === undefined) return 0;
  try {
    process.stdout.write(`\n${formatFunctionList(host)}\n`);
    if (note !== undefined) process.stdout.write(`note: ${note}\n`);
    await stopped;
  } finally {
    await host.close();
  }
  return 0;
};

/** Lines after the first are indented. */
function printLog(text: string): void {
  const lines = text.split(/\r?\n/).map((line, i) => (i === 0 ? line : `  ${line}`));
  for (const line of lines) {
    process.stdout.write(`${withoutControls(line, { keepColours: true })}\n`);
  }
}

async function appFolder(path: string): Promise<string> {
  const found = await stat(path).catch((error: unknown) => {
    throw asBadInput(path, error);
  });
  if (!found.isDirectory()) throw new BadInputError(`${path} is a file, not an app folder`);
  const hasManifest = existsSync(join(path, 'package.json'));
  // The worker would find it malformed, too, but only when everything has started.
  if (hasManifest) await readJson(join(path, 'package.json'), { allowDuplicateKeys: true });
  if (hasManifest || existsSync(join(path, 'host.json'))) return resolve(path);
  throw new BadInputError(`${path} holds no function app: no host.json, no package.json`);
}

function localPort(appDir: string): number | undefined {
  try {
    return readLocalSettings(appDir).port;
  } catch (error) {
    throw asCommandError(error, undefined);
  }
}

async function start(options: HostOptions): Promise<Host> {
  try {
    return await startHost(options);
  } catch (error) {
    throw asCommandError(error, options.port);
  }
}

function asCommandError(error: unknown, port: number | undefined): unknown {
  if (error instanceof SettingsError) return new BadInputError(error.message);
  if (error instanceof AppLoadError) {
    const hint = error.message.includes('entry point')
      ? 'is the app built? its package.json names the entry point as main'
      : 'the lines above show where it happened';
    return new CommandError(error.message, { hint, cause: error });
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    const hint = '--port N takes another, --port 0 a free one';
    return new CommandError(`port ${port} is in use`, { hint, cause: error });
  }
  if (code === 'EACCES' && port !== undefined && port < 1024) {
    const hint = 'ports below 1024 need root; --port N takes another';
    return new CommandError(`port ${port} may not be used`, { hint, cause: error });
  }
  return error;
}
