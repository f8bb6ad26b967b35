import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listsDir } from './run.ts';
import { rewrite } from './price-list-text.ts';

const texts = readdirSync(listsDir).map((name) => readFileSync(join(listsDir, name), 'utf8'));

test('what did not change is written as it was', async () => {
  expect(texts.length).toBeGreaterThan(0);
  for (const text of texts) expect(await rewrite(text, JSON.parse(text))).toBe(text);
});

test('a price that changed changes its line alone', async () => {
  for (const text of texts) {
    const data = JSON.parse(text);
    const [price] = data.prices;
    const [place = '', before = ''] = Object.entries<string>(price.usd)[0] ?? [];
    price.usd[place] = before.replace(/[^ /]+/, '123.456');
    const [was, is] = [text.split('\n'), (await rewrite(text, data)).split('\n')];
    expect(is.filter((line, index) => line !== was[index])).toHaveLength(1);
    expect(is.join('\n')).toBe(text.replace(`"${before}"`, `"${price.usd[place]}"`));
  }
});

test('a price more is written like the others', async () => {
  for (const text of texts) {
    const data = JSON.parse(text);
    const [price] = data.prices;
    const more = await rewrite(text, { ...data, prices: [...data.prices, price] });
    const lines = JSON.stringify(price, null, 2).split('\n').length;
    const [was, is] = [text.split('\n').length, more.split('\n').length];
    expect(is - was).toBeGreaterThan(Object.keys(price).length);
    expect(is - was).toBeLessThanOrEqual(lines);
  }
});

test('the formatter has nothing to say of a rewritten list', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'price-list-text-'));
  try {
    for (const [index, text] of texts.entries()) {
      const data = JSON.parse(text);
      data.prices = data.prices.flatMap(({ usd = {}, ...price }: { usd?: object }) =>
        Object.keys(usd).map((place) => ({
          ...price,
          upTo: [10_000_000_000],
          source: 'list',
          usd: { [place]: '0.000000000001/1' },
        })),
      );
      data.sources = {
        list: { url: 'https://example.com/', date: '2026-11-23', confidence: 'official' },
      };
      writeFileSync(join(dir, `${index}.json`), await rewrite(text, data));
    }
    const oxfmt = join(import.meta.dirname, '../../../node_modules/.bin/oxfmt');
    writeFileSync(join(dir, '.oxfmtrc.json'), '{ "printWidth": 100 }\n');
    const said = execFileSync(oxfmt, ['--check', '.'], { cwd: dir, encoding: 'utf8' });
    expect(said).toContain('All matched files use the correct format');
  } finally {
    rmSync(dir, { recursive: true });
  }
});
