import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './errors.ts';
import { nearest } from './nearest.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** What `parseArgs` finds in strict mode, its complaints as one line and a hint. */
export function parseArguments<const T extends Options>(
  command: string,
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (error) {
    throw asUsageError(command, Object.keys(options), error);
  }
}

/** The one positional argument that a command takes. */
export function onlyPositional(command: string, positionals: readonly string[], what: string) {
  const [first, second] = positionals;
  const hint = seeHelp(command);
  if (first === undefined || first === '') {
    throw new UsageError(`${command} needs ${what}`, { hint });
  }
  if (second !== undefined) {
    throw new UsageError(`${command} takes one ${what.replace(/^an? /, '')}, not also ${second}`, {
      hint,
    });
  }
  return first;
}

/** Refuses positional arguments where a command takes none. */
export function noPositionals(command: string, positionals: readonly string[]): void {
  const [first] = positionals;
  if (first === undefined) return;
  throw new UsageError(`${command} takes no argument ${first}`, { hint: seeHelp(command) });
}

/** The hint that leads to a command's page. */
export function seeHelp(command: string): string {
  return `tricloud ${command} --help lists what it takes`;
}

function asUsageError(command: string, names: readonly string[], error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const [, option = ''] = /'(-[^' =]*)/.exec(error.message) ?? [];
  if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const meant = nearest(
      option,
      [...names, 'help'].map((name) => `--${name}`),
    );
    const hint = meant === undefined ? seeHelp(command) : `did you mean ${meant}?`;
    return new UsageError(`${command} has no option ${option}`, { hint });
  }
  if (error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
    const [, long = option] = /(--[a-z-]+)/.exec(error.message) ?? [];
    const takesNone = error.message.includes('does not take');
    const problem = takesNone ? `${long} takes no value` : `${long} needs a value`;
    return new UsageError(problem, { hint: seeHelp(command) });
  }
  return error;
}
