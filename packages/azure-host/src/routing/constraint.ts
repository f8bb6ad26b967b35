/** Tests the decoded text of a route parameter. */
export type Constraint = (value: string) => boolean;

/** Thrown when a route template names a constraint that ASP.NET Core does not know or cannot build. */
export class ConstraintError extends Error {
  override readonly name = 'ConstraintError';
}

type Build = (args: string) => Constraint;

/**
 * The inline constraint `name` or `name(args)` of a route parameter.
 * The rules are those of ASP.NET Core's `RouteOptions` and `Constraints/*`
 * (https://github.com/dotnet/aspnetcore/tree/main/src/Http/Routing/src/Constraints).
 */
export function toConstraint(text: string): Constraint {
  const open = text.indexOf('(');
  const name = (open === -1 ? text : text.slice(0, open)).toLowerCase();
  const args = open === -1 || !text.endsWith(')') ? '' : text.slice(open + 1, -1);
  const build = constraints[name];
  if (build === undefined) {
    throw new ConstraintError(
      `The route constraint '${text}' is not known; known are ${Object.keys(constraints).join(', ')}.`,
    );
  }
  return build(args);
}

const constraints: Readonly<Record<string, Build>> = Object.assign(Object.create(null), {
  int: () => (value: string) => isInteger(value, -(2n ** 31n), 2n ** 31n - 1n),
  long: () => (value: string) => isInteger(value, -(2n ** 63n), 2n ** 63n - 1n),
  bool: () => (value: string) => /^(?:true|false)$/i.test(value.trim()),
  datetime: () => isDateTime,
  decimal: () => isDecimal,
  double: () => isFloat,
  float: () => isFloat,
  guid: () => isGuid,
  alpha: () => (value: string) => /^[a-z]*$/i.test(value),
  required: () => (value: string) => value !== '',
  file: () => isFileName,
  nonfile: () => (value: string) => !isFileName(value),
  minlength: (args: string) => {
    const least = toNumber('minlength', args);
    return (value: string) => value.length >= least;
  },
  maxlength: (args: string) => {
    const most = toNumber('maxlength', args);
    return (value: string) => value.length <= most;
  },
  length: (args: string) => {
    const [least = 0, most = least] = toNumbers('length', args);
    return (value: string) => value.length >= least && value.length <= most;
  },
  min: (args: string) => {
    const least = toLong('min', args);
    return (value: string) => isInteger(value, least, 2n ** 63n - 1n);
  },
  max: (args: string) => {
    const most = toLong('max', args);
    return (value: string) => isInteger(value, -(2n ** 63n), most);
  },
  range: (args: string) => {
    const [least, most, ...more] = args.split(',').map((part) => toLong('range', part));
    if (least === undefined || most === undefined || more.length > 0 || least > most) {
      throw new ConstraintError(`range(${args}) must be range(least,most).`);
    }
    return (value: string) => isInteger(value, least, most);
  },
  regex: (args: string) => {
    try {
      const expression = new RegExp(args, 'i');
      return (value: string) => expression.test(value);
    } catch (error) {
      throw new ConstraintError(`regex(${args}) is not a regular expression.`, { cause: error });
    }
  },
} satisfies Record<string, Build>);

function toNumber(name: string, args: string): number {
  const [value, ...more] = toNumbers(name, args);
  if (value === undefined || more.length > 0) {
    throw new ConstraintError(`${name}(${args}) must have one whole number.`);
  }
  return value;
}

function toNumbers(name: string, args: string): readonly number[] {
  const numbers = args.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (numbers.length > 2 || numbers.some((value) => !Number.isSafeInteger(value) || value < 0)) {
    throw new ConstraintError(`${name}(${args}) must have whole numbers from 0.`);
  }
  return numbers;
}

function toLong(name: string, text: string): bigint {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) {
    throw new ConstraintError(`${name}(${text}) must have whole numbers.`);
  }
  return BigInt(text.trim().replace(/^\+/, ''));
}

function isInteger(value: string, least: bigint, most: bigint): boolean {
  const digits = /^\s*([+-]?)(\d+)\s*$/.exec(value);
  if (digits === null) return false;
  const magnitude = BigInt(digits[2] ?? '0');
  const number = digits[1] === '-' ? -magnitude : magnitude;
  return number >= least && number <= most;
}

function isDecimal(value: string): boolean {
  const text = value.trim().replace(/^[+-]\s*/, '');
  if (!/^(?:\d[\d,]*\.?\d*|\.\d+)(?:[+-])?$/.test(text)) return false;
  return Math.abs(Number.parseFloat(text.replaceAll(',', ''))) < 7.922_816_251_426_434e28;
}

function isFloat(value: string): boolean {
  const text = value.trim();
  if (/^[+-]?(?:nan|infinity|∞)$/i.test(text)) return true;
  return /^[+-]?(?:\d[\d,]*\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text);
}

function isGuid(value: string): boolean {
  const text = value.trim();
  if (/^[\da-f]{32}$/i.test(text)) return true;
  const dashed = /^([{(]?)[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}([})]?)$/i.exec(text);
  if (dashed === null) return false;
  const fences = `${dashed[1]}${dashed[2]}`;
  return fences === '' || fences === '{}' || fences === '()';
}

const monthNames = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const timeOfDay = String.raw`\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?(?:\s*[ap]m)?`;
const zone = String.raw`(?:\s*(?:z|gmt|[+-]\d{1,2}(?::?\d{2})?))?`;
const yearFirst = new RegExp(
  String.raw`^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[t\s]\s*${timeOfDay}${zone})?$`,
  'i',
);
const monthFirst = new RegExp(
  String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:\s+${timeOfDay}${zone})?$`,
  'i',
);
const named = new RegExp(
  String.raw`^(?:[a-z]{3,9},?\s+)?(?:\d{1,2}[-\s]+(?:${monthNames})[a-z]*|(?:${monthNames})[a-z]*\s+\d{1,2},?)[-\s]+\d{4}(?:\s+${timeOfDay}${zone})?$`,
  'i',
);

/** The forms of `DateTime.TryParse` with the invariant culture that fit into a path segment. */
function isDateTime(value: string): boolean {
  const text = value.trim();
  const iso = yearFirst.exec(text);
  if (iso !== null)
    return isDay(Number(iso[1]), Number(iso[2]), Number(iso[3] ?? 1)) && isTime(text);
  const american = monthFirst.exec(text);
  if (american !== null) {
    return isDay(Number(american[3]), Number(american[1]), Number(american[2])) && isTime(text);
  }
  return (named.test(text) || new RegExp(`^${timeOfDay}$`, 'i').test(text)) && isTime(text);
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year < 100 ? 2000 + year : year, month, 0)).getUTCDate();
}

function isTime(text: string): boolean {
  const time = /(\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(text);
  if (time === null) return true;
  return Number(time[1]) < 24 && Number(time[2]) < 60 && Number(time[3] ?? 0) < 60;
}

function isFileName(value: string): boolean {
  const last = value.slice(value.lastIndexOf('/') + 1);
  const dot = last.indexOf('.');
  return dot !== -1 && /[^.]/.test(last.slice(dot + 1));
}
