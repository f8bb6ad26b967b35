import type { BuiltFile } from './provider-app.ts';

/** The zip that is uploaded; its bytes depend on its files only. */
export interface DeploymentPackage {
  readonly bytes: Uint8Array;
  /** Files in it by path, sizes in bytes before compression. */
  readonly files: readonly { readonly path: string; readonly size: number }[];
  /** SHA-256 of the bytes, hexadecimal. */
  readonly sha256: string;
  /** Source maps: never in the package. */
  readonly sourceMaps: readonly BuiltFile[];
}
