import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { startHost, type HostFunction, type HostLogLine } from '@tricloud/azure-host';
import { onlyPositional, parseArguments } from '../arguments.ts';
import { toPort } from '../dev/settings.ts';
import { BadInputError, CommandError } from '../errors.ts';
import { untilStopped } from '../interruption.ts';
import { asBadInput } from '../json-file.ts';
import type { Command } from '../main.ts';
import { withoutControls } from '../terminal.ts';

const options = { port: { type: 'string' }, 'enable-auth': { type: 'boolean' } } as const;

/** `tricloud azure-host`: one @azure/functions v4 app until somebody stops it. */
export const azureHost: Command = async (args) => {
  const { values, positionals } = parseArguments('azure-host', args, options);
  const appDir = await folder(onlyPositional('azure-host', positionals, 'an app folder'));
  const port = toPort('--port', values.port ?? '7071');
  const stopped = untilStopped();

  const host = await startHost({
    appDir,
    port,
    enableAuth: values['enable-auth'] === true,
    onLog: (line) => process.stdout.write(`${logLine(line)}\n`),
    onWorkerExit: ({ code, signal }) =>
      process.stdout.write(`worker ended (${signal ?? `code ${code}`}), starting another\n`),
  }).catch((error: unknown) => {
    throw isPortInUse(error)
      ? new CommandError(`port ${port} is in use`, { hint: '--port N takes another', cause: error })
      : error;
  });
  try {
    const list = host.functions.map((it) => `\n\t${functionLine(it, host.url)}\n`).join('');
    process.stdout.write(`\nFunctions:\n${list}\n`);
    await stopped;
  } finally {
    await host.close();
  }
  return 0;
};

async function folder(path: string): Promise<string> {
  const found = await stat(path).catch((error: unknown) => {
    throw asBadInput(path, error);
  });
  if (found.isDirectory()) return resolve(path);
  throw new BadInputError(`${path} is a file, not an app folder`);
}

/** As Core Tools lists it: `name: [GET,POST] url`, or why it cannot run. */
function functionLine(listed: HostFunction, url: string): string {
  const { name, methods, route, isDisabled, error } = listed;
  if (error !== undefined) return `${name}: ${error}`;
  const address = route === undefined ? '' : ` ${url}/${route.replace(/^\//, '')}`;
  const verbs = methods.length === 0 ? '' : ` [${methods.join(',')}]`;
  return `${name}:${verbs}${address}${isDisabled ? ' (disabled)' : ''}`;
}

function logLine({ message, level }: HostLogLine): string {
  const text = withoutControls(message.replaceAll(/\r?\n/g, '\n  '), { keepColours: true });
  return `[${new Date().toISOString()}] ${isLoud(level) ? `${level}: ` : ''}${text}`;
}

function isLoud(level: HostLogLine['level']): boolean {
  return level === 'warning' || level === 'error' || level === 'critical';
}

function isPortInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
