/** A request target taken apart. */
export interface RequestPath {
  /** As sent, without the query. */
  readonly raw: string;
  /** Percent-decoded but for `%2F`, dot segments removed: what routes are matched against. */
  readonly decoded: string;
  /** As sent with its `?`, or empty. */
  readonly query: string;
}

/** Takes a request target apart as Kestrel does; `undefined` where Kestrel answers 400. */
export function parseTarget(target: string): RequestPath | undefined {
  const local = target.startsWith('/') ? target : originForm(target);
  if (local === undefined || !isPlainAscii(local)) return undefined;
  const mark = local.indexOf('?');
  const raw = mark === -1 ? local : local.slice(0, mark);
  const query = mark === -1 ? '' : local.slice(mark);
  const decoded = decodePath(raw);
  if (decoded === undefined) return undefined;
  return { raw, decoded: decoded.includes('/.') ? removeDotSegments(decoded) : decoded, query };
}

/** `http://host/path` as proxies send it. */
function originForm(target: string): string | undefined {
  const absolute = /^https?:\/\/[^/?#]*(.*)$/i.exec(target);
  if (absolute === null) return undefined;
  const rest = absolute[1] ?? '';
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function isPlainAscii(text: string): boolean {
  return /^[\x21-\x7e]*$/.test(text);
}

/** Valid UTF-8 escapes are decoded, `%2F` and broken ones stay, `%00` is refused. */
function decodePath(path: string): string | undefined {
  if (!path.includes('%')) return path;
  if (path.includes('%00')) return undefined;
  return path.replaceAll(/(?:%[\da-f]{2})+/gi, (run) =>
    run
      .split(/(%2f)/i)
      .map((piece, index) => (index % 2 === 1 ? piece : decodeRun(piece)))
      .join(''),
  );
}

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return decodeWhatIsValid(run);
  }
}

function decodeWhatIsValid(run: string): string {
  const escapes = run.match(/%[\da-f]{2}/gi) ?? [];
  let decoded = '';
  for (let index = 0; index < escapes.length;) {
    const rest = escapes.slice(index, index + 4);
    const character = firstCharacterOf(rest);
    decoded += character?.text ?? rest[0] ?? '';
    index += character?.length ?? 1;
  }
  return decoded;
}

/** The character that up to four escapes begin with, and how many of them it takes. */
function firstCharacterOf(
  escapes: readonly string[],
): { readonly text: string; readonly length: number } | undefined {
  for (let length = escapes.length; length > 0; length -= 1) {
    const text = tryDecode(escapes.slice(0, length).join(''));
    if (text !== undefined && Array.from(text).length === 1) return { text, length };
  }
  return undefined;
}

function tryDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function removeDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === '..') kept.pop();
    if (segment !== '.' && segment !== '..') kept.push(segment);
    else if (isLast) kept.push('');
  }
  return `/${kept.join('/')}`;
}
