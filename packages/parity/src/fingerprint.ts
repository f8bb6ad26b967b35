import { createHash } from 'node:crypto';

/** The SHA-256 in hex of texts in their order, each told apart from the next. */
export function sha256(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}:${text}`);
  return hash.digest('hex');
}
