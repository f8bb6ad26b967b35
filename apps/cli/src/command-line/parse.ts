import { Command, CommanderError, Option as CommanderOption } from 'commander';
import { UsageError } from '../errors.ts';
import { type Declaration, flagOf, type Option, type Options, type Values } from './declaration.ts';
import { didYouMean, seeHelp } from './suggest.ts';

/** A command line, parsed by the declaration of its command. */
export interface Parsed<O extends Options = Options, T = unknown, N extends string = string> {
  readonly command: N;
  readonly values: Values<O>;
  readonly operands: T;
  readonly typed: Typed;
}

/** The texts of each option that was typed, by its name. */
export type Typed = Readonly<Record<string, readonly string[]>>;

/** The argument of a declared command's implementation. */
export type ParsedBy<D> =
  D extends Declaration<infer O, infer T, infer N> ? Parsed<O, T, N> : never;

/**
 * Parses the arguments after the command's name.
 *
 * @throws {UsageError} with a suggestion where another option was probably meant.
 */
export function parse<O extends Options, T, N extends string>(
  declaration: Declaration<O, T, N>,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Parsed<O, T, N> {
  const { name, options, operands } = declaration;
  const { args: positionals, found } = split(declaration, args);
  const operand = operands.parse(positionals, name);
  const typed: Record<string, readonly string[]> = {};
  const values = mapOptions(options, (key, option) => {
    const flag = flagOf(key, option);
    const texts = textsOf(option, found[key]);
    if (texts === undefined) return option.parse(...fromEnvironment(option, flag, env));
    if (texts.some((text) => isDeclaredFlag(text, options))) {
      throw new UsageError(`${flag} needs a value`);
    }
    typed[key] = option.isRepeatable ? texts : texts.slice(-1);
    return option.parse(texts, flag);
  });
  return { command: name, values, operands: operand, typed };
}

/** The arguments by option, still as texts. */
function split(
  declaration: Declaration,
  args: readonly string[],
): { readonly args: readonly string[]; readonly found: Readonly<Record<string, unknown>> } {
  const parser = new Command(declaration.name)
    .argument('[operands...]')
    .helpOption(false)
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  for (const [key, option] of Object.entries(declaration.options)) {
    parser.addOption(asCommanderOption(flagOf(key, option), option));
  }
  try {
    parser.parse(args, { from: 'user' });
  } catch (error) {
    throw error instanceof CommanderError ? asUsageError(declaration, error) : error;
  }
  return { args: parser.args, found: parser.opts() };
}

function asCommanderOption(flag: string, { placeholder }: Option<unknown>): CommanderOption {
  if (placeholder === null) return new CommanderOption(flag);
  return new CommanderOption(`${flag} <value>`).argParser(gather);
}

function gather(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function textsOf(option: Option<unknown>, found: unknown): readonly string[] | undefined {
  if (Array.isArray(found)) return found.map(String);
  return found === !option.isNegated ? [] : undefined;
}

/** An empty variable counts as unset: some tools cannot unset one otherwise. */
function fromEnvironment(
  { variable }: Option<unknown>,
  flag: string,
  env: NodeJS.ProcessEnv,
): [texts: readonly string[] | undefined, name: string] {
  const text = variable === undefined ? undefined : env[variable];
  return variable === undefined || !text ? [undefined, flag] : [[text], variable];
}

function isDeclaredFlag(text: string, options: Options): boolean {
  return Object.entries(options).some(([key, option]) => flagOf(key, option) === text);
}

function mapOptions<O extends Options>(
  options: O,
  parseOption: (name: string, option: Option<unknown>) => unknown,
): Values<O>;
function mapOptions(
  options: Options,
  parseOption: (name: string, option: Option<unknown>) => unknown,
): Values<Options> {
  const entries = Object.entries(options).map(([name, each]) => [name, parseOption(name, each)]);
  return Object.fromEntries(entries);
}

function asUsageError(
  { name, options }: Declaration,
  { code, message }: CommanderError,
): UsageError {
  const [, given = message] = /'(-[^' =]*)/.exec(message) ?? [];
  if (code === 'commander.optionMissingArgument') return new UsageError(`${given} needs a value`);
  const flags = Object.entries(options).map(([key, option]) => flagOf(key, option));
  if (flags.includes(given)) return new UsageError(`${given} takes no value`);
  const hint = didYouMean(given, [...flags, '--help'], seeHelp(name));
  return new UsageError(`${name} has no option ${given}`, { hint });
}
