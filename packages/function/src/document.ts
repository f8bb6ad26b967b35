/** The fields of a response by name. */
export type Fields = Readonly<Record<string, string>>;

/** How long a cache may keep what changes only with a new version of the function, in seconds. */
const publicMaxAgeS = 3600;

/** Facts that are the same for everyone until the next deployment. */
export const cacheable: Fields = { 'cache-control': `public, max-age=${publicMaxAgeS}` };

/** An answer that is only for the one who asked, and only for now. */
export const uncacheable: Fields = { 'cache-control': 'no-store' };

/** A text of the given media type as a response that says its length, so that HEAD can say it too. */
export function textResponse(type: string, text: string, fields: Fields, status = 200): Response {
  const bytes = new TextEncoder().encode(text);
  return new Response(bytes, {
    status,
    headers: { ...fields, 'content-type': type, 'content-length': String(bytes.byteLength) },
  });
}

/** A JSON document as a response. */
export function jsonResponse(value: unknown, fields: Fields): Response {
  return textResponse('application/json', JSON.stringify(value), fields);
}
