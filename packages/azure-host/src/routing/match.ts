import type { Parameter, RouteTemplate, Segment } from './template.ts';

/** What the parameters of a matched route are; absent optional ones have no key. */
export type RouteValues = Readonly<Record<string, string>>;

/**
 * Matches a decoded path (with its leading slash) against a template as ASP.NET Core does
 * (https://github.com/dotnet/aspnetcore/blob/main/src/Http/Routing/src/Patterns/RoutePatternMatcher.cs).
 */
export function matchRoute(template: RouteTemplate, path: string): RouteValues | undefined {
  const values: Record<string, string> = {};
  const { segments } = template;
  let index = 0;
  let position = 1;
  const end = path.length > 1 && path.endsWith('/') ? path.length - 1 : path.length;
  while (position < end) {
    const slash = path.indexOf('/', position);
    const stop = slash === -1 || slash > end ? end : slash;
    const segment = segments[index];
    if (segment === undefined) return undefined;
    const [first] = segment;
    if (first?.parameter?.isCatchAll === true) {
      if (stop === position) return undefined;
      values[first.parameter.name] = path.slice(position);
      return fits(template.parameters, values) ? values : undefined;
    }
    const text = path.slice(position, stop);
    if (text === '' || !matchSegment(segment, text, values)) return undefined;
    index += 1;
    position = stop + 1;
    // `/a//` leaves an empty segment before the slash that is ignored.
    if (position === end && path[stop] === '/') return undefined;
  }
  for (const segment of segments.slice(index)) {
    const parameter = segment.length === 1 ? segment[0]?.parameter : undefined;
    if (parameter === undefined) return undefined;
    if (parameter.defaultValue !== undefined) values[parameter.name] = parameter.defaultValue;
    else if (!parameter.isOptional && !parameter.isCatchAll) return undefined;
  }
  return fits(template.parameters, values) ? values : undefined;
}

function matchSegment(segment: Segment, text: string, values: Record<string, string>): boolean {
  const [first] = segment;
  if (segment.length === 1 && first !== undefined) {
    if (first.parameter === undefined) return equalIgnoringCase(first.literal, text);
    values[first.parameter.name] = text;
    return true;
  }
  const last = segment.length - 1;
  if (segment[last]?.parameter?.isOptional !== true) {
    return matchParts(segment, text, last, values);
  }
  if (matchParts(segment, text, last, values)) return true;
  return !text.endsWith('.') && matchParts(segment, text, last - 2, values);
}

/** From right to left, so that of `a.b.c` against `{name}.{ext}` the name is `a.b`. */
function matchParts(
  segment: Segment,
  text: string,
  lastPart: number,
  values: Record<string, string>,
): boolean {
  const found: Record<string, string> = {};
  let right = text.length;
  let pending: Parameter | undefined;
  for (let index = lastPart; index >= 0; index -= 1) {
    const part = segment[index];
    if (part === undefined) return false;
    if (part.parameter !== undefined) {
      pending = part.parameter;
      continue;
    }
    const { literal } = part;
    const least = pending === undefined ? 0 : 1;
    const at = lastIndexIgnoringCase(text, literal, right - least - literal.length);
    if (at === -1) return false;
    if (index === lastPart && at + literal.length !== text.length) return false;
    if (pending !== undefined) {
      found[pending.name] = text.slice(at + literal.length, right);
      pending = undefined;
    } else if (at + literal.length !== right) {
      return false;
    }
    right = at;
  }
  if (pending !== undefined) {
    if (right === 0) return false;
    found[pending.name] = text.slice(0, right);
  } else if (right !== 0) {
    return false;
  }
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
