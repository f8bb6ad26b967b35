import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { pageFor, pagePolicy } from './page.ts';

const page = (lang: 'vi' | 'en'): string => pageFor(lang, 'aws');

describe.each(['vi', 'en'] as const)('the page in %s', (lang) => {
  test('says its language, a title and one heading of the first order', () => {
    const html = page(lang);
    expect(html).toContain(`<html lang="${lang}">`);
    expect(html).toContain('<title>tricloud</title>');
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(html.match(/<main>/g)).toHaveLength(1);
  });

  test('needs nothing from anywhere else', () => {
    const html = page(lang);
    expect(html).not.toMatch(/<(?:script|link|img|iframe|form)\b|url\(|@import|https?:\/\//);
  });

  test('has its one style list allowed by hash', () => {
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page(lang)) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(pagePolicy).toContain(`style-src 'sha256-${hash}'`);
  });

  test('leads to itself in the other language and says who answers', () => {
    const html = page(lang);
    const other = lang === 'vi' ? 'en' : 'vi';
    expect(html).toContain(`<a href="?lang=${other}" lang="${other}" hreflang="${other}">`);
    expect(html).toContain('AWS Lambda');
  });
});
