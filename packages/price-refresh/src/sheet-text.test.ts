import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sheetsDir } from './run.ts';
import { rewrite } from './sheet-text.ts';

const texts = readdirSync(sheetsDir).map((name) => readFileSync(join(sheetsDir, name), 'utf8'));

test('what did not change is written as it was', () => {
  expect(texts.length).toBeGreaterThan(0);
  for (const text of texts) expect(rewrite(text, JSON.parse(text))).toBe(text);
});

test('a price that changed changes its line alone', () => {
  for (const text of texts) {
    const data = JSON.parse(text);
    const [price] = data.prices;
    const before = price.tiers[0].usd;
    price.tiers[0].usd = '123.456';
    const [was, is] = [text.split('\n'), rewrite(text, data).split('\n')];
    expect(is.filter((line, index) => line !== was[index])).toHaveLength(1);
    expect(is.join('\n')).toBe(text.replace(`"usd": "${before}"`, '"usd": "123.456"'));
  }
});

test('the formatter has nothing to say of a rewritten sheet', () => {
  const dir = mkdtempSync(join(tmpdir(), 'sheet-text-'));
  try {
    texts.forEach((text, index) => {
      const data = JSON.parse(text);
      const tiers = [
        { upTo: 10_000_000_000, usd: '0.000000000001' },
        { upTo: null, usd: '1' },
      ];
      data.prices = data.prices.map((price: object) => ({ ...price, tiers, source: 'list' }));
      data.sources = {
        list: { url: 'https://example.com/', date: '2026-11-23', confidence: 'official' },
      };
      writeFileSync(join(dir, `${index}.json`), rewrite(text, data));
    });
    const oxfmt = join(import.meta.dirname, '../../../node_modules/.bin/oxfmt');
    writeFileSync(join(dir, '.oxfmtrc.json'), '{ "printWidth": 100 }\n');
    const said = execFileSync(oxfmt, ['--check', '.'], { cwd: dir, encoding: 'utf8' });
    expect(said).toContain('All matched files use the correct format');
  } finally {
    rmSync(dir, { recursive: true });
  }
});
