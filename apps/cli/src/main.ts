import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seeHelp } from './arguments.ts';
import { BadInputError, CommandError, UsageError } from './errors.ts';
import { overview, pages } from './help.ts';
import { nearest } from './nearest.ts';
import { withoutControls } from './terminal.ts';

/** Where the command runs from. */
export interface Home {
  /** The workspace's root folder. */
  readonly root: string;
  /** Where what is built may be kept. */
  readonly cacheDir: string;
}

/** A command: its arguments without its name in, its exit code out. */
export type Command = (args: readonly string[], home: Home) => Promise<number>;

// Each is imported when it is asked for, so that `--help` loads none of them.
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  dev: async () => (await import('./commands/dev.ts')).dev,
  compare: async () => (await import('./commands/compare.ts')).compare,
  bill: async () => (await import('./commands/bill.ts')).bill,
  plan: async () => (await import('./commands/plan.ts')).plan,
  deploy: async () => (await import('./commands/deploy.ts')).deploy,
  status: async () => (await import('./commands/status.ts')).status,
  logs: async () => (await import('./commands/logs.ts')).logs,
  rollback: async () => (await import('./commands/rollback.ts')).rollback,
  remove: async () => (await import('./commands/remove.ts')).remove,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  parity: async () => (await import('./commands/parity.ts')).parity,
  node: async () => (await import('./commands/node.ts')).node,
  'azure-host': async () => (await import('./commands/azure-host.ts')).azureHost,
};

/** Runs one command line and answers with its exit code; failures are told on stderr. */
export async function run(args: readonly string[], home: Home): Promise<number> {
  // A reader that has seen enough, such as `head`, closes the pipe.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1);
  });
  // Whatever escapes elsewhere is told like what is caught here.
  process.on('uncaughtException', (error) => process.exit(tell(error, args)));
  try {
    return await dispatch(args, home);
  } catch (error) {
    return tell(error, args);
  }
}

async function dispatch(args: readonly string[], home: Home): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '') {
    process.stderr.write(overview);
    return 2;
  }
  if (name === '--help' || name === '-h') return print(overview);
  if (name === '--version' || name === '-v') return print(`${await version(home)}\n`);
  if (name === 'help') return print(rest[0] === undefined ? overview : pageOf(rest[0]));
  if (name.startsWith('-')) {
    const meant = nearest(name, ['--help', '--version']);
    throw new UsageError(`unknown option ${name} before the command`, { hint: didYouMean(meant) });
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) return print(pageOf(name));
  if (isHelpWanted(rest)) return print(pageOf(name));
  const command = await load();
  return command(rest, home);
}

function pageOf(name: string): string {
  const page = Object.hasOwn(pages, name) ? pages[name] : undefined;
  if (page !== undefined) return page;
  throw new UsageError(`unknown command ${name}`, {
    hint: didYouMean(nearest(name, Object.keys(pages))),
  });
}

/** Help is wanted however wrong the other arguments are; behind `--` everything is a value. */
function isHelpWanted(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? undefined : end).some((a) => a === '--help' || a === '-h');
}

function didYouMean(name: string | undefined): string {
  return name === undefined ? 'tricloud --help lists the commands' : `did you mean ${name}?`;
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

async function version({ root }: Home): Promise<string> {
  const manifest: unknown = JSON.parse(
    await readFile(join(root, 'apps', 'cli', 'package.json'), 'utf8'),
  );
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
    return String(manifest.version);
  }
  throw new CommandError('apps/cli/package.json has no version');
}

/** One line, or one for each fault of a file, and a hint; nothing in them moves the cursor. */
function tell(error: unknown, [command = '']: readonly string[]): number {
  const faults = error instanceof BadInputError ? error.faults : [];
  const [message = ''] = String(error instanceof Error ? error.message : error).split('\n');
  const hint = hintFor(error, command);
  const lines = [
    ...(message === '' ? [] : [`tricloud: ${message}`]),
    ...faults,
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
  ];
  process.stderr.write(lines.map((line) => `${withoutControls(line)}\n`).join(''));
  if (process.env['TRICLOUD_DEBUG']) console.error(error);
  return error instanceof CommandError ? error.exitCode : 1;
}

function hintFor(error: unknown, command: string): string | undefined {
  if (!(error instanceof CommandError)) {
    return isUnwritable(error)
      ? 'what is built is kept below node_modules/.cache, which must be writable'
      : 'TRICLOUD_DEBUG=1 shows where it happened';
  }
  if (error.hint !== undefined || error.exitCode !== 2) return error.hint;
  return Object.hasOwn(pages, command) ? seeHelp(command) : 'tricloud --help lists the commands';
}

function isUnwritable(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(String(error.code)) &&
    error.message.includes('.cache')
  );
}
