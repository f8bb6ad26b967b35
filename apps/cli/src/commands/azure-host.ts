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
import { onlyPositional, parseArguments } from '../arguments.ts';
import { toPort } from '../dev/settings.ts';
import { BadInputError, CommandError } from '../errors.ts';
import { startedUnless, untilStopped } from '../interruption.ts';
import { asBadInput, readJson } from '../json-file.ts';
import type { Command } from '../main.ts';
import { functionNode } from '../node/function-node.ts';
import { withoutControls } from '../terminal.ts';

const options = {
  port: { type: 'string' },
  node: { type: 'string' },
  'enable-auth': { type: 'boolean' },
  verbose: { type: 'boolean' },
} as const;

/** `tricloud azure-host`: one @azure/functions v4 app until somebody stops it. */
export const azureHost: Command = async (args) => {
  const { values, positionals } = parseArguments('azure-host', args, options);
  const given = values.port === undefined ? undefined : toPort('--port', values.port);
  const appDir = await appFolder(onlyPositional('azure-host', positionals, 'an app folder'));
  const { path: nodePath, note } = await functionNode(values.node);
  const stopped = untilStopped();

  const asked: HostOptions = {
    appDir,
    nodePath,
    port: given ?? localPort(appDir) ?? 7071,
    enableAuth: values['enable-auth'] === true,
    onLog: (line) => {
      const isDetail = line.level === 'debug' || line.level === 'trace';
      if (isDetail && values.verbose !== true) return;
      const [first = '', ...more] = formatLogLine(line).split(/\r?\n/);
      const shown = [first, ...more.map((text) => `  ${text}`)];
      for (const text of shown) {
        process.stdout.write(`${withoutControls(text, { keepColours: true })}\n`);
      }
    },
  };
  const host = await startedUnless(stopped, (signal) => start({ ...asked, signal }));
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

async function appFolder(path: string): Promise<string> {
  const found = await stat(path).catch((error: unknown) => {
    throw asBadInput(path, error);
  });
  if (!found.isDirectory()) throw new BadInputError(`${path} is a file, not an app folder`);
  const isApp = await Promise.all(
    ['host.json', 'package.json'].map((name) =>
      stat(join(path, name)).then(
        () => true,
        () => false,
      ),
    ),
  );
  const [, hasManifest] = isApp;
  // The worker would find it malformed, too, but only when everything has started.
  if (hasManifest === true) {
    await readJson(join(path, 'package.json'), { allowDuplicateKeys: true });
  }
  if (isApp.includes(true)) return resolve(path);
  throw new BadInputError(`${path} holds no function app: no host.json, no package.json`);
}

function localPort(appDir: string): number | undefined {
  try {
    return readLocalSettings(appDir).port;
  } catch (error) {
    throw asCommandError(error, undefined);
  }
}

async function start(asked: HostOptions): Promise<Host> {
  try {
    return await startHost(asked);
  } catch (error) {
    throw asCommandError(error, asked.port);
  }
}

function asCommandError(error: unknown, port: number | undefined): unknown {
  if (error instanceof SettingsError) return new BadInputError(error.message);
  if (error instanceof AppLoadError) {
    const hint = error.message.includes('entry point')
      ? 'is the app built? its package.json names the entry point as main'
      : 'the lines above say where it happened';
    return new CommandError(error.message, { hint, cause: error });
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    const hint = '--port N takes another, --port 0 a free one';
    return new CommandError(`port ${port} is in use`, { hint, cause: error });
  }
  if (code === 'EACCES' && port !== undefined && port < 1024) {
    const hint = 'ports below 1024 are for root; --port N takes another';
    return new CommandError(`port ${port} may not be used`, { hint, cause: error });
  }
  return error;
}
