/** A file of a deployable: its path with `/`, relative to the archive's root. */
export interface ArchiveFile {
  readonly path: string;
  readonly contents: Uint8Array;
}

/** What is uploaded: a zip whose bytes depend on its files and on nothing else. */
export interface Archive {
  readonly bytes: Uint8Array;
  /** What is in it, by path, sizes in bytes before compression. */
  readonly files: readonly { readonly path: string; readonly size: number }[];
  /** SHA-256 of the bytes, hexadecimal. */
  readonly sha256: string;
  /** Maps of the sources: kept beside the archive, never in it. */
  readonly sourceMaps: readonly ArchiveFile[];
}
