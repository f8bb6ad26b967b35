import type { Provider } from '@tricloud/adapters';
import { isDeepStrictEqual } from 'node:util';

/**
 * Whether the `Set-Cookie` lines that came are those that the function set. Byte by byte everywhere but on Azure, whose
 * host writes the cookies of a function anew: attributes in lower case, in its own order, `path=/` where there is none
 * (ASP.NET Core `SetCookieHeaderValue`; Azure/azure-functions-host). Name, value, order and attributes still hold there.
 */
export function sameCookies(
  provider: Provider,
  came: readonly string[],
  set: readonly string[],
): boolean {
  if (provider !== 'azure') return isDeepStrictEqual([...came], [...set]);
  return isDeepStrictEqual(came.map(parse), set.map(parse));
}

function parse(line: string): { readonly pair: string; readonly attributes: readonly string[] } {
  const [pair = '', ...rest] = line.split(/;[ \t]*/);
  const attributes = rest.map((attribute) => {
    const [name = '', ...value] = attribute.split('=');
    const key = name.toLowerCase();
    return value.length === 0 ? key : `${key}=${attributeValue(key, value.join('='))}`;
  });
  if (!attributes.some((attribute) => attribute.startsWith('path='))) attributes.push('path=/');
  return { pair, attributes: attributes.sort() };
}

/** The words of SameSite are the same in any case; a path is not. */
function attributeValue(key: string, value: string): string {
  return key === 'samesite' ? value.toLowerCase() : value;
}
