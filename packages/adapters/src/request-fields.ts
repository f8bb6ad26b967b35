/**
 * Adds one header field as a plain Node server would have read it.
 *
 * A provider that decodes UTF-8 hands over characters that no header field can hold; Node has them
 * as the bytes they were sent as, one character a byte.
 */
export function addField(headers: Headers, name: string, value: string): void {
  headers.append(name, beyondLatin1.test(value) ? Buffer.from(value).toString('latin1') : value);
}

const beyondLatin1 = /[\u0100-\uffff]/;
