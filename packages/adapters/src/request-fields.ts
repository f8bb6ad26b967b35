/**
 * Adds one header field as a plain Node server would have read it.
 *
 * A provider that decodes UTF-8 hands over characters that no header field can hold; Node has them
 * as the bytes they were sent as, one character a byte.
 */
export function addField(headers: Headers, name: string, value: string): void {
  try {
    headers.append(name, value);
  } catch (error) {
    // Looked at only now because nearly every value is accepted.
    if (!beyondLatin1.test(value)) throw error;
    headers.append(name, Buffer.from(value).toString('latin1'));
  }
}

const beyondLatin1 = /[\u0100-\uffff]/;
