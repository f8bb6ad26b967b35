const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of at most `width` columns for a share; empty only for 0. */
export function bar(share: number, width: number, hasBlocks: boolean): string {
  if (!hasBlocks) return '#'.repeat(share > 0 ? Math.max(1, Math.round(share * width)) : 0);
  const length = share > 0 ? Math.max(1, Math.round(share * width * 8)) : 0;
  return '█'.repeat(Math.floor(length / 8)) + (eighths[length % 8] ?? '');
}
