import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
  compare,
  lesson,
  lessonIn,
  lessonMarkdown,
  LessonSchema,
  LocalLessonSchema,
  parseWorkload,
  services,
} from '../index.ts';
import { priceLists } from '../price-lists.ts';
import { escapeMarkdown } from './markdown.ts';

const langs = ['vi', 'en'] as const;

describe('the lesson', () => {
  test('fits its schema', () => {
    expect(v.parse(LessonSchema, lesson)).toEqual(lesson);
  });

  test.each(langs)('fits its schema in %s', (lang) => {
    expect(v.parse(LocalLessonSchema, lessonIn(lang))).toEqual(lessonIn(lang));
  });

  test.each(langs)('names its author and its course in %s', (lang) => {
    const { credit, origin } = lessonIn(lang);
    for (const name of [origin.author, origin.course, origin.title, String(origin.lesson)]) {
      expect(credit).toContain(name);
    }
  });

  test('names every section once', () => {
    const ids = lesson.sections.map((section) => section.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('marks as ours what the original does not say', () => {
    expect(lesson.sections.filter((section) => section.ours).map((section) => section.id)).toEqual([
      'today',
      'when',
    ]);
  });

  test('tells every part in Vietnamese with its letters, and in English without them', () => {
    const paragraphs = lesson.sections.flatMap(({ heading, blocks }) => [
      heading,
      ...blocks.flatMap((block) => (block.type === 'paragraph' ? [block.text] : block.items)),
    ]);
    const letters = /[ạ-ỹăâđêôơư]/i;
    for (const { vi, en } of paragraphs) {
      expect(vi).toMatch(letters);
      expect(en).not.toMatch(letters);
    }
  });

  test('names the eleven services', () => {
    const told = JSON.stringify(lessonIn('en').sections.find(({ id }) => id === 'aws'));
    expect(services.filter((service) => !told.includes(service.aws))).toEqual([]);
  });

  test.each([
    { words: '24', why: 'a server is billed around the clock' },
    { words: '5 đến 10', why: 'even at five to ten percent' },
    { words: 'CPU, RAM, băng thông', why: 'the package that a server is sold as' },
    { words: 'block giây', why: 'the telephone plan by blocks of seconds' },
    { words: 'thuê bao', why: 'and the monthly subscription' },
    { words: 'Node.js', why: 'the language of Google’s functions' },
    { words: 'Batch, C#, F#, JavaScript, PHP, PowerShell', why: 'the languages of Azure’s' },
  ])('says “$words” in Vietnamese: $why', ({ words }) => {
    const sections = lessonIn('vi').sections.filter(({ ours }) => !ours);
    expect(JSON.stringify(sections)).toContain(words);
  });
});

describe('what the lesson adds', () => {
  const waiting = { requestsPerMonth: 100_000, durationMs: 200, memoryMiB: 512 };

  test('is right that its waiting server works for less than one percent of the month', () => {
    const month = 730 * 3600;
    expect(JSON.stringify(lesson)).toContain('2,628,000');
    expect(month).toBe(2_628_000);
    expect((waiting.requestsPerMonth * waiting.durationMs) / 1000 / month).toBeLessThan(0.01);
  });

  test('is right that the free allowance of each of the three covers such a month', () => {
    const { plans } = compare(parseWorkload(waiting, priceLists), {
      asOf: '2026-11-22',
      prices: priceLists,
    });
    const free = plans.filter(({ bill }) => Number(bill.totalUsd) === 0);
    expect([...new Set(free.map(({ provider }) => provider))].toSorted()).toEqual([
      'aws',
      'azure',
      'google',
    ]);
  });
});

describe('the lesson as Markdown', () => {
  test.each(langs)('has one title and one heading a section in %s', (lang) => {
    const lines = lessonMarkdown(lang).split('\n');
    expect(lines.filter((line) => line.startsWith('# '))).toEqual([`# ${lesson.title[lang]}`]);
    expect(lines.filter((line) => line.startsWith('## ')).length).toBe(lesson.sections.length);
  });

  test.each(langs)('says in %s which sections are ours', (lang) => {
    const mark = lang === 'vi' ? '(phần thêm của dự án)' : '(added by this project)';
    const marked = lessonMarkdown(lang)
      .split('\n')
      .filter((line) => line.endsWith(mark));
    expect(marked).toEqual(
      lesson.sections
        .filter((section) => section.ours)
        .map((section) => `## ${section.heading[lang]} ${mark}`),
    );
  });

  test.each([
    ['a *b* _c_', String.raw`a \*b\* \_c\_`, 'emphasis'],
    ['`x` \\ y', String.raw`\`x\` \\ y`, 'code and the escape itself'],
    ['<b> [a](b)', String.raw`\<b\> \[a\](b)`, 'HTML and links'],
    ['![a](b)', String.raw`\!\[a\](b)`, 'images'],
    ['a &amp; b & c', String.raw`a \&amp; b & c`, 'entities, and only they'],
    ['# a', String.raw`\# a`, 'a heading'],
    ['C# and F#', 'C# and F#', 'a sharp that is no heading'],
    ['a #', String.raw`a \#`, 'the closing of a heading'],
    ['- a', String.raw`\- a`, 'a list'],
    ['+ a', String.raw`\+ a`, 'a list'],
    ['1. a', String.raw`1\. a`, 'a numbered list'],
    ['12) a', String.raw`12\) a`, 'a numbered list'],
    ['1.000 yêu cầu', String.raw`1\.000 yêu cầu`, 'harmless, the same text'],
    ['a | b ~~c~~', String.raw`a \| b \~\~c\~\~`, 'tables and strikethrough'],
    ['a\n\n# b', 'a # b', 'a block that is broken open'],
  ])('escapes %j as %j: %s', (plain, expected) => {
    expect(escapeMarkdown(plain)).toBe(expected);
  });

  test('keeps the text: without its backslashes an escaped text is the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        const shown = escapeMarkdown(plain).replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');
        expect(shown).toBe(plain.trim().replaceAll(/\s+/g, ' '));
      }),
    );
  });
});
