/** The header fields of a response as a provider is given them: joined ones, and cookies apart. */
export interface ResponseFields {
  readonly joined: Record<string, string>;
  /** Each `Set-Cookie` value, never joined: `Expires` has a comma of its own. */
  readonly cookies: string[];
}

// RFC 9110 section 7.6.1: these belong to one connection, which is the provider's own.
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The fields to send: without those of one connection, and those that `Connection` names. */
export function responseFields(response: Response): ResponseFields {
  const joined: Record<string, string> = {};
  const cookies: string[] = [];
  let connection: string | undefined;
  response.headers.forEach((value, name) => {
    if (name === 'set-cookie') cookies.push(value);
    else if (name === 'connection') connection = value;
    else if (!hopByHop.has(name)) setField(joined, name, value);
  });
  if (connection !== undefined) {
    for (const name of connection.toLowerCase().split(',')) delete joined[name.trim()];
  }
  // RFC 9110 section 8.6: a 204 has no Content-Length, and no other has one that is no number.
  const length = joined['content-length'];
  if (length !== undefined && (response.status === 204 || !/^\d+$/.test(length))) {
    delete joined['content-length'];
  }
  return { joined, cookies };
}

/** Drops a `Content-Length` that is not the body's: the body may have been transformed after it was set. */
export function correctLength(joined: Record<string, string>, byteLength: number): void {
  const told = joined['content-length'];
  if (told !== undefined && told !== String(byteLength)) delete joined['content-length'];
}

function setField(fields: Record<string, string>, name: string, value: string): void {
  // `__proto__` is a valid field name, and assigning it would set the prototype instead.
  if (name === '__proto__') {
    Object.defineProperty(fields, name, { value, enumerable: true, configurable: true });
  } else {
    fields[name] = value;
  }
}
