import { stripVTControlCharacters } from 'node:util';

/** A column: its title and alignment. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** A table's lines, title line first. */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const titles = columns.map(({ title }) => title);
  return columnLines(
    columns.map(({ align = 'left' }) => align),
    [titles, ...rows],
  );
}

/** Rows in columns as wide as their widest cell, two spaces apart. */
export function columnLines(
  aligns: readonly ('left' | 'right')[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const widths = aligns.map((_align, i) =>
    Math.max(0, ...rows.map((row) => widthOf(row[i] ?? ''))),
  );
  return rows.map((row) =>
    aligns
      .map((align, i) => pad(row[i] ?? '', widths[i] ?? 0, align))
      .join('  ')
      .trimEnd(),
  );
}

/** Pads a text to a width. */
export function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + space : space + text;
}

/** Wraps a paragraph to a width; lines after the first are indented. */
export function wrap(text: string, width: number, indent = ''): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(lines.length === 0 ? word : indent + word);
  }
  return lines;
}

/** Columns of a text on a terminal: combining marks take none. */
export function widthOf(text: string): number {
  const letters = stripVTControlCharacters(text)
    .normalize('NFC')
    .replaceAll(/\p{Mn}/gu, '');
  return Array.from(letters).length;
}
