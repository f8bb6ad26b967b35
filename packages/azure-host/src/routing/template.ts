import { type Constraint, ConstraintError, toConstraint } from './constraint.ts';

/** A `{parameter}` of a route template. */
export interface Parameter {
  readonly name: string;
  readonly isOptional: boolean;
  readonly isCatchAll: boolean;
  readonly defaultValue: string | undefined;
  readonly constraints: readonly Constraint[];
}

/** A piece of a segment: fixed text or a parameter. */
export type Part =
  | { readonly literal: string; readonly parameter?: undefined }
  | { readonly literal?: undefined; readonly parameter: Parameter };

/** The part of a route template between two slashes. */
export type Segment = readonly Part[];

/** A parsed route template. */
export interface RouteTemplate {
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly parameters: readonly Parameter[];
}

/** Thrown when a route template cannot be used; Azure's host does not start with such a route. */
export class RouteTemplateError extends Error {
  override readonly name = 'RouteTemplateError';
}

type ToError = (problem: string) => RouteTemplateError;

/**
 * Parses an ASP.NET Core route template
 * (https://github.com/dotnet/aspnetcore/blob/main/src/Http/Routing/src/Patterns/RoutePatternParser.cs).
 */
export function parseRouteTemplate(text: string): RouteTemplate {
  const wrong: ToError = (problem) =>
    new RouteTemplateError(`The route template '${text}' cannot be used: ${problem}`);
  if (/^[/~]/.test(text)) throw wrong("it must not start with '/' or '~'.");
  const path = text.endsWith('/') ? text.slice(0, -1) : text;
  const segments = path === '' ? [] : splitSegments(path).map((part) => toSegment(part, wrong));
  const parameters = segments.flatMap((segment) =>
    segment.flatMap((part) => (part.parameter === undefined ? [] : [part.parameter])),
  );
  const names = parameters.map((parameter) => parameter.name.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw wrong(`the parameter '${twice}' appears more than once.`);
  const early = segments
    .slice(0, -1)
    .some((segment) => segment.some((part) => part.parameter?.isCatchAll));
  if (early) throw wrong('a catch-all parameter must be the last segment.');
  return { text, segments, parameters };
}

/** Slashes inside braces, as in a `regex(…)` constraint, do not separate. */
function splitSegments(path: string): readonly string[] {
  const segments: string[] = [];
  let start = 0;
  let isInside = false;
  for (let index = 0; index < path.length; index += 1) {
    const char = path[index];
    if ((char === '{' || char === '}') && path[index + 1] === char) index += 1;
    else if (char === '{') isInside = true;
    else if (char === '}') isInside = false;
    else if (char === '/' && !isInside) {
      segments.push(path.slice(start, index));
      start = index + 1;
    }
  }
  segments.push(path.slice(start));
  return segments;
}

function toSegment(text: string, wrong: ToError): Segment {
  if (text === '') throw wrong("'/' must not appear twice in a row.");
  const parts: Part[] = [];
  let literal = '';
  for (let index = 0; index < text.length;) {
    const char = text.charAt(index);
    const isBrace = char === '{' || char === '}';
    if (!isBrace || text[index + 1] === char) {
      literal += char;
      index += isBrace ? 2 : 1;
      continue;
    }
    if (char === '}') throw wrong("there is a '}' without its '{'.");
    const end = endOfParameter(text, index + 1);
    if (end === -1) throw wrong("there is a '{' without its '}'.");
    const parameter = toParameter(text.slice(index + 1, end), wrong);
    parts.push(...toLiteral(literal, wrong), { parameter });
    literal = '';
    index = end + 1;
  }
  parts.push(...toLiteral(literal, wrong));
  checkParts(parts, wrong);
  return parts;
}

function toLiteral(literal: string, wrong: ToError): readonly Part[] {
  if (literal.includes('?')) throw wrong("fixed text must not contain '?'.");
  return literal === '' ? [] : [{ literal }];
}

function checkParts(parts: readonly Part[], wrong: ToError): void {
  if (parts.length < 2) return;
  const parameters = parts.map((part) => part.parameter);
  if (parameters.some((parameter, index) => parameter !== undefined && parameters[index + 1])) {
    throw wrong('two parameters must be separated by fixed text.');
  }
  if (parameters.some((parameter) => parameter?.isCatchAll)) {
    throw wrong('a catch-all parameter must stand alone in its segment.');
  }
  const optional = parameters.findIndex((parameter) => parameter?.isOptional);
  if (optional === -1) return;
  if (optional !== parts.length - 1 || parts[optional - 1]?.literal !== '.') {
    throw wrong("an optional parameter must be last in its segment, after a '.'.");
  }
}

function endOfParameter(text: string, start: number): number {
  for (let index = start; index < text.length; index += 1) {
    const char = text[index];
    if ((char === '{' || char === '}') && text[index + 1] === char) index += 1;
    else if (char === '{') return -1;
    else if (char === '}') return index;
  }
  return -1;
}

function toParameter(raw: string, wrong: ToError): Parameter {
  const text = raw.replaceAll('{{', '{').replaceAll('}}', '}');
  const bare = text.replace(/^\*{1,2}/, '');
  const isCatchAll = bare !== text;
  const isOptional = bare.endsWith('?') && !isInParentheses(bare, bare.length - 1);
  const { head, defaultValue } = splitDefault(isOptional ? bare.slice(0, -1) : bare);
  const [name = '', ...constraintTexts] = splitOutsideParentheses(head, ':');
  if (name === '' || /[/{}?*]/.test(name)) throw wrong(`'${raw}' is not a parameter name.`);
  if (isOptional && isCatchAll) throw wrong(`the catch-all '${name}' must not be optional.`);
  if (isOptional && defaultValue !== undefined) {
    throw wrong(`the optional parameter '${name}' must not have a default.`);
  }
  const constraints = toConstraints(constraintTexts, wrong);
  return { name, isOptional, isCatchAll, constraints, defaultValue };
}

function toConstraints(texts: readonly string[], wrong: ToError): readonly Constraint[] {
  try {
    return texts.filter((text) => text !== '').map(toConstraint);
  } catch (error) {
    if (error instanceof ConstraintError) throw wrong(error.message);
    throw error;
  }
}

function splitDefault(body: string): { head: string; defaultValue?: string } {
  const [head = '', ...rest] = splitOutsideParentheses(body, '=');
  return rest.length === 0 ? { head } : { head, defaultValue: rest.join('=') };
}

function splitOutsideParentheses(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (char === separator && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function isInParentheses(text: string, index: number): boolean {
  const before = text.slice(0, index);
  return before.split('(').length > before.split(')').length;
}
