/** One option of a command: its form, its help and its parser. */
export interface Option<T> {
  /** Name of its value in the help, such as `FILE`; null of a switch. */
  readonly placeholder: string | null;
  /** Its text in the help. */
  readonly description: string;
  /** True of a switch that is on unless `--no-…` is given. */
  readonly isNegated: boolean;
  readonly isRepeatable: boolean;
  /** True where the command accepts it and its help does not list it. */
  readonly isHidden: boolean;
  /** Environment variable that is read where the option is not given. */
  readonly variable?: string | undefined;
  /**
   * @param texts given texts, in order; `undefined` where the option is missing. A switch has no texts.
   * @param name the option or the variable, for an error.
   * @throws {UsageError} for an invalid text.
   */
  readonly parse: (texts: readonly string[] | undefined, name: string) => T;
}

/** Options by their names in camel case: `maxInstances` is `--max-instances`. */
export type Options = Readonly<Record<string, Option<unknown>>>;

/** The parsed value of each option. */
export type Values<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends Option<infer T> ? T : never;
};

/** The arguments of a command that are no options. */
export interface Operands<T> {
  /** Such as `<workload.json>`; empty where there are none. */
  readonly usage: string;
  /** @throws {UsageError} for too few, too many or invalid operands. */
  readonly parse: (texts: readonly string[], command: string) => T;
}

/** A command, as parsing and help need it. */
export interface Declaration<O extends Options = Options, T = unknown, N extends string = string> {
  readonly name: N;
  /** Its line in `tricloud --help`. */
  readonly summary: string;
  /** The first line of its own help. */
  readonly description: string;
  /** Text to the right of its usage. */
  readonly usageNote?: string;
  readonly operands: Operands<T>;
  readonly options: O;
  /** The last lines of its help. */
  readonly notes?: string;
}

type ParseText<T> = (text: string, name: string) => T;

/** A switch: `--json`. */
export function flag(description: string): Option<boolean> {
  return { ...shape, description, parse: (texts) => texts !== undefined };
}

/** A switch that is on unless it is given with `no`: `watch` is `--no-watch`. */
export function negated(description: string): Option<boolean> {
  return { ...shape, isNegated: true, description, parse: (texts) => texts === undefined };
}

/** An option with a value; the last one given counts. */
export function option<T>(
  placeholder: string,
  description: string,
  parseText: ParseText<T>,
): Option<T | undefined> {
  return {
    ...shape,
    placeholder,
    description,
    parse: (texts, name) => {
      const text = texts?.at(-1);
      return text === undefined ? undefined : parseText(text, name);
    },
  };
}

/** An option with a value and a default. */
export function optionOr<T>(
  placeholder: string,
  description: string,
  { parse: parseText, fallback, variable }: OptionDefault<T>,
): Option<T> {
  const { parse, ...rest } = option(placeholder, description, parseText);
  return { ...rest, variable, parse: (texts, name) => parse(texts, name) ?? fallback() };
}

interface OptionDefault<T> {
  readonly parse: ParseText<T>;
  readonly fallback: () => T;
  readonly variable?: string;
}

/** An option that may be given several times. */
export function repeatable<T>(
  placeholder: string,
  description: string,
  parseText: ParseText<T>,
): Option<readonly T[]> {
  return {
    ...shape,
    placeholder,
    description,
    isRepeatable: true,
    parse: (texts = [], name) => texts.map((text) => parseText(text, name)),
  };
}

/** The same options, not listed in the help. */
export function hidden<O extends Options>(options: O): O {
  const all = Object.entries(options).map(([name, each]) => [name, { ...each, isHidden: true }]);
  return Object.assign({}, options, Object.fromEntries(all));
}

/** The option as it is typed, such as `--max-instances` or `--no-watch`. */
export function flagOf(name: string, { isNegated }: Pick<Option<unknown>, 'isNegated'>): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return isNegated ? `--no-${words}` : `--${words}`;
}

/** Keeps the types of a declaration. */
export function declare<const O extends Options, T, const N extends string>(
  declaration: Declaration<O, T, N>,
): Declaration<O, T, N> {
  return declaration;
}

const shape = { placeholder: null, isNegated: false, isRepeatable: false, isHidden: false };
