import type { Lang } from '@tricloud/core';
import type { Paint } from '../terminal.ts';

/** How a comparison is printed. */
export interface Layout {
  readonly lang: Lang;
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  /** Bars of block characters; of plain ASCII where the terminal may not have them. */
  readonly hasBlocks: boolean;
  /** The caller's own prices were used. */
  readonly hasOwnPrices?: boolean;
}

/** Whether bars may be drawn with block characters: colours are wanted, and the locale is UTF-8. */
export function hasBlocks(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  if (env['NO_COLOR'] || env['TERM'] === 'dumb') return false;
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'];
  // Windows has no locale in the environment; its terminals take UTF-8 from Node.
  return locale === undefined ? platform === 'win32' : /utf-?8/i.test(locale);
}
