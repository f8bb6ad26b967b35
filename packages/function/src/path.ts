import { parse } from 'regexparam';

/** What stands in a path where a pattern such as `/v1/services/:id` has names; `undefined` for another path. */
export type PathPattern = (pathname: string) => Readonly<Record<string, string>> | undefined;

/** Reads a pattern; one slash at the end of a path changes nothing, and what a name stands for is never empty. */
export function pathPattern(pattern: string): PathPattern {
  // The library takes a dot for any character.
  const { keys, pattern: anyCase } = parse(pattern.replaceAll('.', String.raw`\.`));
  // RFC 3986, 6.2.2.1: a path has case.
  const expression = new RegExp(anyCase.source);
  return (pathname) => {
    const values = expression.exec(comparable(pathname))?.slice(1);
    if (values === undefined) return undefined;
    const pairs = keys.map((key, index) => [key, decodeURIComponent(values[index] ?? '')]);
    return Object.fromEntries(pairs);
  };
}

/** A path as a message shows it: an encoded slash stays encoded, and so does what is no UTF-8. */
export function readablePath(pathname: string): string {
  return decoded(pathname, decodeURI);
}

/** Every part of a path encoded in one way, so that `/%76%31` is `/v1`. */
function comparable(pathname: string): string {
  return pathname
    .split('/')
    .map((part) => encodeURIComponent(decoded(part, decodeURIComponent)))
    .join('/');
}

function decoded(text: string, decode: (text: string) => string): string {
  try {
    return decode(text);
  } catch {
    return text;
  }
}
