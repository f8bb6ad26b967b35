/** Bytes that are no text in any common encoding: a PNG signature's start, a NUL, both byte order marks, a lone continuation byte. */
export const binary = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x00, 0xff, 0xfe, 0x80, 0x0a);

/** Text whose characters take one, two, three and four bytes in UTF-8. */
export const wideText = 'aé€😀';

/** The bytes of a text in UTF-8. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Base64 with padding, as the probe's echo writes a body. */
export function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
