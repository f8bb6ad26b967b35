import type { Text } from './text.ts';

/** A text in both languages; one argument is a text that is the same in both, such as a number. */
export const text = (vi: string, en = vi): Text => ({ vi, en });
