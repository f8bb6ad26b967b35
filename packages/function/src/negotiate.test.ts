import { Context } from 'hono';
import { describe, expect, test } from 'vitest';
import { acceptedLanguage, acceptedType } from './negotiate.ts';
import { ProblemError } from './problem.ts';

const asking = (name: string, value: string | null): Context =>
  new Context(
    new Request('https://f.example/', { headers: value === null ? {} : { [name]: value } }),
  );

describe('acceptedType', () => {
  const supported = ['application/json', 'text/html'] as const;

  const typeOrRefusal = (header: string | null): string | undefined => {
    try {
      return acceptedType(asking('accept', header), supported);
    } catch (error) {
      if (error instanceof ProblemError && error.status === 406) return undefined;
      throw error;
    }
  };

  test.each([
    { header: null, expected: 'application/json', why: 'nothing asked, the first is given' },
    { header: '', expected: 'application/json', why: 'an empty header asks for nothing' },
    { header: '*/*', expected: 'application/json', why: 'anything will do' },
    { header: 'text/html', expected: 'text/html', why: 'asked by name' },
    { header: 'TEXT/HTML', expected: 'text/html', why: 'types have no case' },
    {
      header: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
      expected: 'text/html',
      why: 'what browsers send',
    },
    { header: 'text/*', expected: 'text/html', why: 'a range of one kind' },
    { header: 'application/json;q=0.4, text/html;q=0.5', expected: 'text/html', why: 'quality' },
    { header: 'text/html, application/json', expected: 'application/json', why: 'a tie is ours' },
    { header: 'text/html;q=0, */*', expected: 'application/json', why: 'q=0 refuses' },
    {
      header: 'application/*;q=0, */*;q=0.1',
      expected: 'text/html',
      why: 'the closest range decides',
    },
    {
      header: '*/*;q=1, application/json;q=0.2, text/html;q=0.3',
      expected: 'text/html',
      why: 'a name is closer than any range, wherever it stands',
    },
    { header: 'image/png', expected: undefined, why: 'neither was asked' },
    { header: '*/*;q=0', expected: undefined, why: 'all are refused' },
    {
      header: 'application/json;q=0, text/html;q=0.000',
      expected: undefined,
      why: 'each is refused',
    },
  ])('$header gives $expected: $why', ({ header, expected }) => {
    expect(typeOrRefusal(header)).toBe(expected);
  });
});

describe('acceptedLanguage', () => {
  const supported = ['vi', 'en'] as const;

  test.each([
    { header: null, expected: 'vi', why: 'nothing asked, the first is given' },
    { header: 'en', expected: 'en', why: 'asked by name' },
    {
      header: 'EN-us,en;q=0.9',
      expected: 'en',
      why: 'tags have no case, and a region is still English',
    },
    { header: 'fr, en;q=0.3', expected: 'en', why: 'the first one that there is' },
    { header: 'vi-VN;q=0.8, en;q=0.9', expected: 'en', why: 'quality' },
    { header: '*', expected: 'vi', why: 'anything will do' },
    { header: 'vi;q=0, *', expected: 'en', why: 'anything but Vietnamese' },
    { header: 'eng', expected: undefined, why: 'a longer word is another language' },
    { header: 'fr', expected: undefined, why: 'there is no French' },
  ])('$header gives $expected: $why', ({ header, expected }) => {
    expect(acceptedLanguage(asking('accept-language', header), supported)).toBe(expected);
  });
});
