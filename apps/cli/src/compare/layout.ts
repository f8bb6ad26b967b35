import type { Lang } from '@tricloud/core';
import type { Paint } from '../terminal.ts';

/** Layout of a printed comparison. */
export interface Layout {
  readonly lang: Lang;
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  /** True for bars of block characters, false for ASCII. */
  readonly hasBlocks: boolean;
  /** True where the caller's own prices were used. */
  readonly hasOwnPrices?: boolean;
}

/** True where bars can be drawn with block characters: colours are on and the locale is UTF-8. */
export function hasBlocks(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  if (env['NO_COLOR'] || env['TERM'] === 'dumb') return false;
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'];
  // Windows has no locale in the environment; its terminals take UTF-8 from Node.
  return locale === undefined ? platform === 'win32' : /utf-?8/i.test(locale);
}
