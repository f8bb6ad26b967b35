import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { overview as overviewOf, page as pageOf } from '../src/command-line/help.ts';
import { commands } from '../src/commands.ts';
import { root, tricloud } from './tricloud.ts';

const declarations = commands.map(({ declaration }) => declaration);
const overview = overviewOf(declarations);
const pages = Object.fromEntries(declarations.map((each) => [each.name, pageOf(each)]));

test.each(Object.entries({ tricloud: overview, ...pages }).map(([name, page]) => ({ name, page })))(
  'the help of $name fits a screen of 80 columns and 24 lines',
  ({ page }) => {
    const lines = page.trimEnd().split('\n');

    expect(lines.length).toBeLessThanOrEqual(23);
    expect(lines.filter((line) => line.length > 79)).toEqual([]);
  },
);

test('helps from any folder', async () => {
  expect(await tricloud(['--help'], { cwd: tmpdir() })).toEqual({
    code: 0,
    signal: null,
    stdout: overview,
    stderr: '',
  });
});

test.each(Object.entries(pages))(
  'shows the page of %s whatever else is on the line',
  async (name, page) => {
    const { code, stdout } = await tricloud([name, '--nonsense', '-h']);

    expect({ code, stdout }).toEqual({ code: 0, stdout: page });
  },
);

test('tells its version', async () => {
  const { version } = JSON.parse(await readFile(join(root, 'apps/cli/package.json'), 'utf8'));

  expect(await tricloud(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
});

test('an old Node gets one line that says what is needed', async () => {
  const old = `Object.defineProperty(process, 'versions', { value: { node: '18.20.4' } })`;
  const { code, stdout, stderr } = await tricloud(['--help'], {
    env: { NODE_OPTIONS: `--import "data:text/javascript,${old}"` },
  });

  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: '',
    stderr: 'tricloud: Node 20.19 or later is needed, and this is 18.20.4\n',
  });
});
