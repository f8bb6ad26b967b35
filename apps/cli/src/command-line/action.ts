import type { ParsedBy } from './parse.ts';

/** Where the command runs from. */
export interface Home {
  /** The workspace's root folder. */
  readonly root: string;
  /** Folder for what is built. */
  readonly cacheDir: string;
}

/** The implementation of a declared command; resolves to its exit code. */
export type Action<D> = (parsed: ParsedBy<D>, home: Home) => Promise<number>;
