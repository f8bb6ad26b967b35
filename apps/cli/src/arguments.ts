import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Lang } from '@tricloud/core';
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
    return parseArgs({
      args: withNegativeValues(args, options),
      options,
      strict: true,
      allowPositionals: true,
    });
  } catch (error) {
    throw asUsageError(command, Object.keys(options), error);
  }
}

/**
 * `--port -1` as `--port=-1`: `parseArgs` takes whatever begins with a dash for an option, and would not
 * say what is wrong with the number.
 */
function withNegativeValues(args: readonly string[], options: Options): string[] {
  const joined: string[] = [];
  const end = args.indexOf('--');
  for (const [index, arg] of args.entries()) {
    const name = joined.at(-1) ?? '';
    const isValue =
      /^-\d/.test(arg) &&
      (end === -1 || index < end) &&
      name.startsWith('--') &&
      options[name.slice(2)]?.type === 'string';
    if (isValue) joined[joined.length - 1] = `${name}=${arg}`;
    else joined.push(arg);
  }
  return joined;
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

/** The language that `--lang` names. */
export function asLanguage(command: string, name: string): Lang {
  if (name === 'en' || name === 'vi') return name;
  throw new UsageError(`--lang takes en or vi, not ${JSON.stringify(name)}`, {
    hint: seeHelp(command),
  });
}

/** The day that `--as-of` names, if the calendar has it. */
export function asDay(command: string, day: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00Z`) : Number.NaN;
  // V8 takes the 30th of February for the 1st or 2nd of March.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(day)) return day;
  throw new UsageError(`--as-of takes a day such as 2026-11-22, not ${JSON.stringify(day)}`, {
    hint: seeHelp(command),
  });
}

/** The current day in UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
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
