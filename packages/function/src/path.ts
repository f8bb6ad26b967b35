/** A path as a message shows it: an encoded slash stays encoded, and so does what is no UTF-8. */
export function readablePath(pathname: string): string {
  return decoded(pathname, decodeURI);
}

/** The parts of a path between its slashes, each decoded on its own; one slash at the end changes nothing. */
export function pathParts(pathname: string): readonly string[] {
  return withoutSlash(pathname)
    .split('/')
    .map((part) => decoded(part, decodeURIComponent));
}

/**
 * What stands in a path's parts where a pattern such as `/v1/services/:id` has names; `undefined` where it is the path
 * of something else. What a name stands for is never empty.
 */
export function pathParameters(
  pattern: string,
  parts: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const expected = withoutSlash(pattern).split('/');
  if (expected.length !== parts.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const name = expected[index] ?? '';
    if (name.startsWith(':') && part !== '') parameters[name.slice(1)] = part;
    else if (name !== part) return undefined;
  }
  return parameters;
}

function withoutSlash(pathname: string): string {
  return pathname.replace(/\/$/, '');
}

function decoded(text: string, decode: (text: string) => string): string {
  try {
    return decode(text);
  } catch {
    return text;
  }
}
