/** A path as it is routed: every part percent-encoded in one way, so that `/%76%31` is `/v1`. */
export function comparablePath(pathname: string): string {
  return pathname
    .split('/')
    .map((part) => encodeURIComponent(decoded(part, decodeURIComponent)))
    .join('/');
}

/** A path as a message shows it: an encoded slash stays encoded, and so does what is no UTF-8. */
export function readablePath(pathname: string): string {
  return decoded(pathname, decodeURI);
}

function decoded(text: string, decode: (text: string) => string): string {
  try {
    return decode(text);
  } catch {
    return text;
  }
}
