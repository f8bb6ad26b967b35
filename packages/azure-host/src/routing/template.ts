import { type Constraint, ConstraintError, toConstraint } from './constraint.ts';

/** A `{parameter}` of a route template. */
export interface Parameter {
  readonly name: string;
  readonly isOptional: boolean;
  readonly isCatchAll: boolean;
  readonly defaultValue?: string;
  readonly constraints: readonly Constraint[];
}

/** A piece of a segment: fixed text or a parameter. */
export type Part =
  | { readonly literal: string; readonly parameter?: undefined }
  | { readonly literal?: undefined; readonly parameter: Parameter };

/** What stands between two slashes of a route template. */
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

/**
 * Parses an ASP.NET Core route template
 * (https://github.com/dotnet/aspnetcore/blob/main/src/Http/Routing/src/Patterns/RoutePatternParser.cs).
 */
export function parseRouteTemplate(text: string): RouteTemplate {
  const wrong = (problem: string): RouteTemplateError =>
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

function toSegment(text: string, wrong: (problem: string) => RouteTemplateError): Segment {
  if (text === '') throw wrong("'/' must not appear twice in a row.");
  const parts: Part[] = [];
  let literal = '';
  const endLiteral = (): void => {
    if (literal === '') return;
    if (literal.includes('?')) throw wrong("fixed text must not contain '?'.");
    parts.push({ literal });
    literal = '';
  };
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index] ?? '';
    if ((char === '{' || char === '}') && text[index + 1] === char) {
      literal += char;
      index += 1;
    } else if (char === '}') {
      throw wrong("there is a '}' without its '{'.");
    } else if (char === '{') {
      endLiteral();
      if (parts.at(-1)?.parameter !== undefined) {
        throw wrong('two parameters must be separated by fixed text.');
      }
      const end = endOfParameter(text, index + 1);
      if (end === -1) throw wrong("there is a '{' without its '}'.");
      parts.push({ parameter: toParameter(text.slice(index + 1, end), wrong) });
      index = end;
    } else {
      literal += char;
    }
  }
  endLiteral();
  if (parts.length > 1) {
    const parameters = parts.map((part) => part.parameter);
    if (parameters.some((parameter) => parameter?.isCatchAll)) {
      throw wrong('a catch-all parameter must stand alone in its segment.');
    }
    const optional = parameters.findIndex((parameter) => parameter?.isOptional);
    if (
      optional !== -1 &&
      (optional !== parts.length - 1 || parts[optional - 1]?.literal !== '.')
    ) {
      throw wrong("an optional parameter must be last in its segment, after a '.'.");
    }
  }
  return parts;
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

function toParameter(raw: string, wrong: (problem: string) => RouteTemplateError): Parameter {
  const text = raw.replaceAll('{{', '{').replaceAll('}}', '}');
  const stars = /^\*{0,2}/.exec(text)?.[0].length ?? 0;
  const isCatchAll = stars > 0;
  const isOptional = text.endsWith('?') && !isInParentheses(text, text.length - 1);
  const body = text.slice(stars, isOptional ? -1 : undefined);
  const { head, defaultValue } = splitDefault(body);
  const [name = '', ...constraintTexts] = splitOutsideParentheses(head, ':');
  if (name === '' || /[/{}?*]/.test(name)) throw wrong(`'${raw}' is not a parameter name.`);
  if (isOptional && isCatchAll) throw wrong(`the catch-all '${name}' must not be optional.`);
  if (isOptional && defaultValue !== undefined) {
    throw wrong(`the optional parameter '${name}' must not have a default.`);
  }
  try {
    const constraints = constraintTexts.filter((part) => part !== '').map(toConstraint);
    const base = { name, isOptional, isCatchAll, constraints };
    return defaultValue === undefined ? base : { ...base, defaultValue };
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
