import type { Source } from './source.ts';

/** A source; one that bears no day of its own was read on 2026-11-22. */
export const source = (url: string, date = '2026-11-22'): Source => ({ url, date });
