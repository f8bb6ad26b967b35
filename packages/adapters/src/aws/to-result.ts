import { isUtf8 } from 'node:buffer';
import { STATUS_CODES } from 'node:http';
import { correctLength, responseFields } from '../response-fields.ts';
import type { LambdaResult, Shape } from './types.ts';

/**
 * The whole response in the form that the event asks for; base64 only when its bytes are no text, or a
 * text that JSON would blow up beyond what Lambda lets out.
 * No bytes are given where the answer has no body but the headers of one, as to HEAD.
 */
export function toResult(
  response: Response,
  shape: Shape,
  bytes: Uint8Array | undefined,
): LambdaResult {
  const { joined, cookies } = responseFields(response);
  let body = '';
  let isBase64Encoded = false;
  if (bytes !== undefined) {
    correctLength(joined, bytes.byteLength);
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    isBase64Encoded = !isUtf8(buffer) || isShorterInBase64(buffer);
    body = buffer.toString(isBase64Encoded ? 'base64' : 'utf8');
  }
  const { status: statusCode } = response;
  if (shape === 'format-2' && cookies.length === 0) {
    return { statusCode, headers: joined, body, isBase64Encoded };
  }
  return { statusCode, ...fieldsOf(shape, joined, cookies, statusCode), body, isBase64Encoded };
}

/** A smaller body is within Lambda's 6 MB even if every byte takes the six characters of `\u0000`. */
const alwaysFitsBytes = 1_000_000;

/** Whether the text is longer as a string of JSON than in base64: then it might be too large only so. */
function isShorterInBase64(buffer: Buffer): boolean {
  if (buffer.length <= alwaysFitsBytes) return false;
  let length = buffer.length;
  for (const byte of buffer) {
    if (byte === 0x22 || byte === 0x5c || (byte >= 0x08 && byte <= 0x0d && byte !== 0x0b))
      length += 1;
    else if (byte < 0x20) length += 5;
  }
  return length > Math.ceil(buffer.length / 3) * 4;
}

/** Header fields and cookies in the form that the event asks for. */
export function fieldsOf(
  shape: Shape,
  joined: Record<string, string>,
  cookies: string[],
  status: number,
): Pick<LambdaResult, 'headers' | 'multiValueHeaders' | 'cookies' | 'statusDescription'> {
  if (shape === 'format-2')
    return cookies.length > 0 ? { headers: joined, cookies } : { headers: joined };
  if (shape === 'format-1') {
    if (cookies.length === 0) return { headers: joined };
    return { headers: joined, multiValueHeaders: { 'set-cookie': cookies } };
  }
  const statusDescription = `${status} ${STATUS_CODES[status] ?? ''}`.trimEnd();
  if (shape === 'alb-multi') {
    const entries: [string, string[]][] = Object.entries(joined).map(([k, v]) => [k, [v]]);
    if (cookies.length > 0) entries.push(['set-cookie', cookies]);
    return { multiValueHeaders: Object.fromEntries(entries), statusDescription };
  }
  // One name, one value in this form; names that differ in case only are different names to JSON.
  cookies.forEach((cookie, index) => {
    joined[inCase('set-cookie', index)] = cookie;
  });
  return { headers: joined, statusDescription };
}

/** The name with letters in upper case where `variant` has a bit set: `set-cookie` has 512 variants. */
function inCase(name: string, variant: number): string {
  let bit = 1;
  return name.replaceAll(/[a-z]/g, (letter) => {
    const shown = (variant & bit) === 0 ? letter : letter.toUpperCase();
    bit *= 2;
    return shown;
  });
}
