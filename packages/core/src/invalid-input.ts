/** One thing that is wrong with an input. */
export interface Fault {
  /** Where, such as `region.aws`; empty for the input as a whole. */
  readonly path: string;
  readonly value: unknown;
  /** What is wrong, with the value, and what would be right. */
  readonly problem: string;
}

/** Thrown for an invalid input, with all its faults. Never thrown for a bug of ours. */
export class InvalidInputError extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(toSentence).join('; '));
    this.name = 'InvalidInputError';
    this.faults = faults;
  }
}

/** A path is what somebody sent, too: a strange one is quoted, so that the message stays one line. */
function toSentence({ path, problem }: Fault): string {
  if (path === '') return problem;
  const isPlain = path.length <= 80 && /^(?:[\w.$[\]-]|"[\w.$[\]-]*")+$/.test(path);
  return isPlain ? `${path} ${problem}` : `${shown(path)} ${problem}`;
}

const LONGEST_SHOWN = 60;

/** A value as an error shows it: short, on one line, whatever it is. */
export function shown(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty array' : `an array of ${value.length}`;
  }
  switch (typeof value) {
    case 'undefined':
      return 'missing';
    case 'string':
      return quoted(value);
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
  }
}

function quoted(value: string): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
