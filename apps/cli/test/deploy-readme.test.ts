import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noAccount } from './no-account.ts';
import { root, tricloud } from './tricloud.ts';

const readme = await readFile(join(root, 'README.md'), 'utf8');
const [, section = ''] = /^## Deploy\n([\s\S]*?)^## /m.exec(readme) ?? [];
const blocks = [...section.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
const lines = blocks.flatMap((block) => block.trimEnd().split('\n'));
const commands = lines.flatMap((line) => {
  const [, command] = /^npx tricloud ([^#]+)/.exec(line) ?? [];
  return command === undefined ? [] : [command.trim()];
});

test('the deploy section of the README is three lines a cloud', () => {
  expect(
    lines.map((line) =>
      line
        .split(/ {2}|#/)[0]
        ?.split(' ')
        .slice(0, 4)
        .join(' '),
    ),
  ).toEqual([
    'aws configure sso',
    'npx tricloud plan aws',
    'npx tricloud deploy aws',
    'gcloud auth application-default login',
    'npx tricloud plan google',
    'npx tricloud deploy google',
    'az login',
    'npx tricloud plan azure',
    'npx tricloud deploy azure',
  ]);
});

test.each(commands)('tricloud %s, as the README says it, is understood', async (line) => {
  const { code, stderr } = await tricloud(line.split(' '), { env: noAccount });
  const asks = 'tricloud: deploy asks first, and this is not an interactive terminal; pass --yes';
  const expected = line.startsWith('deploy') ? { code: 2, first: asks } : { code: 0, first: '' };
  expect({ code, first: stderr.split('\n')[0] }).toEqual(expected);
});
