import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Home } from './command-line/action.ts';
import { overview, page } from './command-line/help.ts';
import { didYouMean, seeHelp, seeOverview } from './command-line/suggest.ts';
import { type Command, commands } from './commands.ts';
import { BadInputError, CommandError, failureLines, UsageError } from './errors.ts';

/** Runs one command line and resolves to its exit code; failures are reported on stderr. */
export async function run(args: readonly string[], home: Home): Promise<number> {
  // A reader such as `head` closes the pipe early.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 1);
  });
  process.on('uncaughtException', (error) => process.exit(report(error, args)));
  try {
    return await dispatch(args, home);
  } catch (error) {
    return report(error, args);
  }
}

async function dispatch([name = '', ...rest]: readonly string[], home: Home): Promise<number> {
  if (name === '') {
    process.stderr.write(mainPage());
    return 2;
  }
  const text = await textOf(name, rest, home);
  if (text === undefined) return commandNamed(name).run(rest, home);
  process.stdout.write(text);
  return 0;
}

/** The text of a command line that runs no command. */
async function textOf(
  name: string,
  rest: readonly string[],
  home: Home,
): Promise<string | undefined> {
  if (name === '--help' || name === '-h') return mainPage();
  if (name === '--version' || name === '-v') return `${await version(home)}\n`;
  if (name === 'help') return rest[0] === undefined ? mainPage() : pageOf(rest[0]);
  return isHelpWanted(rest) ? pageOf(name) : undefined;
}

function commandNamed(name: string): Command {
  const found = commandOf(name);
  if (found !== undefined) return found;
  if (name.startsWith('-')) {
    throw new UsageError(`unknown option ${name} before the command`, {
      hint: didYouMean(name, ['--help', '--version'], seeOverview),
    });
  }
  const names = commands.map(({ declaration }) => declaration.name);
  throw new UsageError(`unknown command ${name}`, { hint: didYouMean(name, names, seeOverview) });
}

function commandOf(name: string): Command | undefined {
  return commands.find(({ declaration }) => declaration.name === name);
}

function mainPage(): string {
  return overview(commands.map(({ declaration }) => declaration));
}

function pageOf(name: string): string {
  return page(commandNamed(name).declaration);
}

/** Help is shown whatever the other arguments are; after `--`, everything is a value. */
function isHelpWanted(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? undefined : end).some((a) => a === '--help' || a === '-h');
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

/** Reports a failure in one line, or one for each fault of a file, and a hint. */
function report(error: unknown, [command = '']: readonly string[]): number {
  const faults = error instanceof BadInputError ? error.faults : [];
  const [message = ''] = String(error instanceof Error ? error.message : error).split('\n');
  process.stderr.write(failureLines(message, hintFor(error, command), faults));
  if (process.env['TRICLOUD_DEBUG']) console.error(error);
  return error instanceof CommandError ? error.exitCode : 1;
}

function hintFor(error: unknown, command: string): string | undefined {
  if (!(error instanceof CommandError)) {
    return isUnwritable(error)
      ? 'builds are cached in node_modules/.cache, which must be writable'
      : 'TRICLOUD_DEBUG=1 shows where it happened';
  }
  if (error.hint !== undefined || error.exitCode !== 2) return error.hint;
  return commandOf(command) === undefined ? seeOverview : seeHelp(command);
}

function isUnwritable(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(String(error.code)) &&
    error.message.includes('.cache')
  );
}
