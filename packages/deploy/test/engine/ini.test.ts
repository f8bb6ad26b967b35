import { expect, test } from 'vitest';
import { parseIni, readIni } from '../../src/engine/ini.ts';

test('reads sections and their values, without comments', () => {
  const text = `stray = 1
[core]
# a = comment
; another = comment
Project = shop ; not a comment
account: ada@example.com\r
empty =
[profile dev]
region=eu-west-1
role_arn = arn:aws:iam::1:role/a=b
[core]
more = 2
`;
  const plain = [...parseIni(text)].map(([name, values]) => [name, Object.fromEntries(values)]);
  expect(Object.fromEntries(plain)).toEqual({
    core: {
      project: 'shop ; not a comment',
      account: 'ada@example.com',
      empty: '',
      more: '2',
    },
    'profile dev': { region: 'eu-west-1', role_arn: 'arn:aws:iam::1:role/a=b' },
  });
});

test('a file that is not there is empty', async () => {
  expect(await readIni('/nowhere/config')).toEqual(new Map());
});
