import type { Parameter, RouteTemplate, Segment } from './template.ts';

/** The parameters of a matched route; absent optional ones have no key. */
export type RouteValues = Readonly<Record<string, string>>;

/**
 * Matches a decoded path (with its leading slash) against a template as ASP.NET Core does
 * (https://github.com/dotnet/aspnetcore/blob/main/src/Http/Routing/src/Patterns/RoutePatternMatcher.cs).
 */
export function matchRoute(template: RouteTemplate, path: string): RouteValues | undefined {
  const values: Record<string, string> = {};
  return fill(template, path, values) && fits(template.parameters, values) ? values : undefined;
}

/** Fills in the values of the parameters; `false` if the path does not match. */
function fill({ segments }: RouteTemplate, path: string, values: Record<string, string>): boolean {
  const bare = path.replace(/\/$/, '').slice(1);
  const texts = bare === '' ? [] : bare.split('/');
  let position = 1;
  for (const [index, text] of texts.entries()) {
    const segment = segments[index];
    if (segment === undefined || text === '') return false;
    const parameter = segment[0]?.parameter;
    if (parameter?.isCatchAll === true) {
      values[parameter.name] = path.slice(position);
      return true;
    }
    if (!matchSegment(segment, text, values)) return false;
    position += text.length + 1;
  }
  return segments.slice(texts.length).every((segment) => isAbsent(segment, values));
}

/** True if a path may end before this segment; a default is then the value of its parameter. */
function isAbsent([part, ...more]: Segment, values: Record<string, string>): boolean {
  const parameter = part?.parameter;
  if (parameter === undefined || more.length > 0) return false;
  const { name, defaultValue, isOptional, isCatchAll } = parameter;
  if (defaultValue !== undefined) values[name] = defaultValue;
  return defaultValue !== undefined || isOptional || isCatchAll;
}

function matchSegment(segment: Segment, text: string, values: Record<string, string>): boolean {
  const [first] = segment;
  if (segment.length === 1 && first !== undefined) {
    if (first.parameter === undefined) return equalIgnoringCase(first.literal, text);
    values[first.parameter.name] = text;
    return true;
  }
  if (matchParts(segment, text, values)) return true;
  const isLastOptional = segment.at(-1)?.parameter?.isOptional === true;
  return isLastOptional && !text.endsWith('.') && matchParts(segment.slice(0, -2), text, values);
}

/** From right to left, so that of `a.b.c` against `{name}.{ext}` the name is `a.b`. */
function matchParts(parts: Segment, text: string, values: Record<string, string>): boolean {
  const found: Record<string, string> = {};
  let right = text.length;
  let pending: Parameter | undefined;
  for (const part of parts.toReversed()) {
    if (part.parameter !== undefined) {
      pending = part.parameter;
      continue;
    }
    const { length } = part.literal;
    const latest = right - (pending === undefined ? 0 : 1) - length;
    const at = lastIndexIgnoringCase(text, part.literal, latest);
    if (at === -1 || (pending === undefined && at + length !== right)) return false;
    if (pending !== undefined) found[pending.name] = text.slice(at + length, right);
    pending = undefined;
    right = at;
  }
  // What is left is the value of the first parameter, or nothing.
  if ((pending === undefined) !== (right === 0)) return false;
  if (pending !== undefined) found[pending.name] = text.slice(0, right);
  Object.assign(values, found);
  return true;
}

function fits(parameters: readonly Parameter[], values: RouteValues): boolean {
  return parameters.every((parameter) => {
    if (parameter.constraints.length === 0) return true;
    const value = values[parameter.name];
    if (value === undefined) return parameter.isOptional;
    return parameter.constraints.every((isFit) => isFit(value));
  });
}

function equalIgnoringCase(left: string, right: string): boolean {
  return (
    left === right || (left.length === right.length && left.toUpperCase() === right.toUpperCase())
  );
}

function lastIndexIgnoringCase(text: string, literal: string, from: number): number {
  return from < 0 ? -1 : text.toUpperCase().lastIndexOf(literal.toUpperCase(), from);
}
