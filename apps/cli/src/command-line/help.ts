import { type Declaration, flagOf, type Option } from './declaration.ts';

/** The help of a command, made from its declaration; at most 24 lines of 80 columns, which a test holds. */
export function page(declaration: Declaration): string {
  const { name, description, operands, usageNote = '', options, notes = '' } = declaration;
  const words = [
    'Usage: tricloud',
    name,
    operands.usage,
    Object.keys(options).length > 0 && '[options]',
  ];
  const usage = words.filter(Boolean).join(' ');
  const shown = Object.entries(options).filter(([, { isHidden }]) => !isHidden);
  const lines = [
    description,
    '',
    usageNote === '' ? usage : `${usage.padEnd(54)} ${usageNote}`,
    '',
    ...inRows([...shown.map(([key, each]) => cell(key, each)), { flag: '-h, --help', text: '' }]),
    ...(notes === '' ? [] : ['', notes.trim()]),
  ];
  return `${lines.join('\n')}\n`;
}

/** The help of `tricloud` itself: every command in a line. */
export function overview(declarations: readonly Declaration[]): string {
  const rows = declarations.map(({ name, operands, summary }) => ({
    flag: `${name} ${operands.usage.replaceAll('aws|google|azure', 'cloud')}`,
    text: summary,
  }));
  return `tricloud: one function on AWS, Google Cloud and Azure

Usage: tricloud <command> [options]

${rows.map(wide).join('\n')}

  -h, --help                this page, or a command's: tricloud dev --help
  -v, --version             the version of tricloud

Environment: TRICLOUD_PORT_*, TRICLOUD_DEBUG, NO_COLOR, FORCE_COLOR.
Exit codes: 0 done, 1 failed, 2 wrong arguments or a bad input file.
`;
}

/** An option, or a command of the overview, and what is said of it. */
interface Cell {
  readonly flag: string;
  readonly text: string;
}

function cell(key: string, option: Option<unknown>): Cell {
  const { placeholder, description } = option;
  const flag = flagOf(key, option);
  return { flag: placeholder === null ? flag : `${flag} ${placeholder}`, text: description };
}

/** Two short cells share a row; a longer one has its own. */
function inRows(cells: readonly Cell[]): readonly string[] {
  const rows: string[] = [];
  for (let i = 0; i < cells.length; i += 1) {
    const [left, right] = cells.slice(i, i + 2);
    if (left === undefined) continue;
    if (right === undefined || !isShort(left) || !isShort(right)) rows.push(wide(left));
    else {
      rows.push(`${wide(left).padEnd(43)}${right.flag.padEnd(24)}${right.text}`.trimEnd());
      i += 1;
    }
  }
  return rows;
}

const isShort = ({ flag, text }: Cell): boolean => flag.length <= 23 && text.length <= 12;

const wide = ({ flag, text }: Cell): string => `  ${flag.padEnd(24)}  ${text}`.trimEnd();
