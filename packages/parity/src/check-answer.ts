import type { Provider } from '@tricloud/adapters';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import type { Answer, Expectation, HeaderLine, Mismatch } from './contract.ts';
import { sameCookies } from './cookies.ts';
import { usualHeaders } from './usual-headers.ts';

/** What came of looking at one answer. */
export interface Checked {
  readonly mismatches: readonly Mismatch[];
  /** The status and the document that every provider must answer alike. */
  readonly shared: readonly string[];
}

/** Where an answer belongs. */
export interface AnswerContext {
  readonly step: string;
  readonly method: string;
  readonly provider: Provider;
  /** The answers of the case's steps, in order; `undefined` where none came. */
  readonly earlier: readonly (Answer | undefined)[];
}

/** Holds an answer against what was expected of it; every mismatch is told, not only the first. */
export function checkAnswer(answer: Answer, expect: Expectation, context: AnswerContext): Checked {
  const text = decode(answer.body);
  const json = parse(text);
  const findings = [
    ...statusFindings(answer, expect),
    ...headerFindings(answer, expect, context),
    ...bodyFindings(answer, text, expect),
    ...jsonFindings(json, text, expect),
    ...comparisonFindings(answer, json, expect, context),
  ];
  return {
    mismatches: findings.map(([what, expected, got]) => ({
      step: context.step,
      what,
      expected,
      got,
    })),
    shared: expect.sameOnEveryProvider ? [`${answer.status} ${JSON.stringify(json ?? text)}`] : [],
  };
}

type Finding = readonly [what: string, expected: string, got: string];

function statusFindings(answer: Answer, expect: Expectation): Finding[] {
  if (expect.status === undefined || expect.status === answer.status) return [];
  const body = decode(answer.body);
  return [
    [
      'status',
      String(expect.status),
      body ? `${answer.status} with ${show(body)}` : `${answer.status}`,
    ],
  ];
}

function headerFindings(answer: Answer, expect: Expectation, context: AnswerContext): Finding[] {
  const findings: Finding[] = [];
  for (const [name, wanted] of Object.entries(expect.headers ?? {})) {
    const lines = linesOf(answer, name);
    if (!isWanted(lines, wanted)) {
      findings.push([`header ${name}`, wanted === null ? 'none' : show(wanted), show(lines)]);
    }
  }
  const cookies = linesOf(answer, 'set-cookie');
  if (expect.cookies && !sameCookies(context.provider, cookies, expect.cookies)) {
    findings.push(['set-cookie', show(expect.cookies), show(cookies)]);
  }
  if (expect.onlyHeaders) {
    const allowed = new Set([...expect.onlyHeaders, ...usualHeaders[context.provider]]);
    const extra = answer.headers.filter(([name]) => !allowed.has(name.toLowerCase()));
    if (extra.length > 0)
      findings.push(['headers', `only ${expect.onlyHeaders.join(', ')}`, show(extra)]);
  }
  return [...findings, ...lengthFindings(answer, context)];
}

function lengthFindings(answer: Answer, { method }: AnswerContext): Finding[] {
  const length = linesOf(answer, 'content-length').at(0);
  const hasBody = method !== 'HEAD' && answer.status !== 304;
  if (length === undefined || !hasBody || Number(length) === answer.body.byteLength) return [];
  return [['header content-length', String(answer.body.byteLength), length]];
}

function isWanted(
  lines: readonly string[],
  wanted: string | { readonly matches: string } | null,
): boolean {
  if (wanted === null) return lines.length === 0;
  const [line, ...more] = lines;
  if (line === undefined || more.length > 0) return false;
  return typeof wanted === 'string' ? line === wanted : new RegExp(wanted.matches).test(line);
}

function bodyFindings(answer: Answer, text: string, expect: Expectation): Finding[] {
  const findings: Finding[] = [];
  if (expect.body !== undefined) {
    const wanted =
      typeof expect.body === 'string' ? new TextEncoder().encode(expect.body) : expect.body;
    if (!isDeepStrictEqual(Buffer.from(wanted), Buffer.from(answer.body))) {
      findings.push([
        'body',
        show(expect.body),
        show(typeof expect.body === 'string' ? text : answer.body),
      ]);
    }
  }
  if (expect.gunzipped !== undefined) {
    const page = gunzip(answer.body);
    if (page !== expect.gunzipped)
      findings.push(['gunzipped body', show(expect.gunzipped), show(page)]);
  }
  const everything = `${text}\n${answer.headers.map((line) => line.join(': ')).join('\n')}`;
  for (const secret of expect.excludes ?? []) {
    if (everything.includes(secret))
      findings.push(['answer', `nothing like ${show(secret)}`, show(text)]);
  }
  return findings;
}

function jsonFindings(json: unknown, text: string, expect: Expectation): Finding[] {
  const findings: Finding[] = [];
  if (expect.json !== undefined && !isDeepStrictEqual(json, expect.json)) {
    findings.push(['JSON', show(expect.json), json === undefined ? show(text) : show(json)]);
  }
  for (const [path, wanted] of Object.entries(expect.fields ?? {})) {
    const got = at(json, path);
    if (!isDeepStrictEqual(got, wanted)) findings.push([path, show(wanted), show(got)]);
  }
  return [...findings, ...listFindings(json, expect)];
}

function listFindings(json: unknown, { lists = {} }: Expectation): Finding[] {
  return Object.entries(lists).flatMap(([path, wanted]): Finding[] => {
    const got = at(json, path);
    const values = typeof got === 'string' ? got.split(/[ \t]*,[ \t]*/) : got;
    return isDeepStrictEqual(values, wanted) ? [] : [[path, show(wanted.join(', ')), show(got)]];
  });
}

function comparisonFindings(
  answer: Answer,
  json: unknown,
  expect: Expectation,
  context: AnswerContext,
): Finding[] {
  return [...sameFindings(answer, expect, context), ...growthFindings(json, expect, context)];
}

function sameFindings(answer: Answer, { sameAs }: Expectation, context: AnswerContext): Finding[] {
  if (sameAs === undefined) return [];
  const shown = ({ status, body }: Answer) => `${status} ${show(decode(body))}`;
  const wanted = context.earlier[sameAs - 1];
  if (wanted?.status === answer.status && decode(wanted.body) === decode(answer.body)) return [];
  return [[`as step ${sameAs}`, wanted ? shown(wanted) : 'nothing', shown(answer)]];
}

function growthFindings(json: unknown, { grows }: Expectation, context: AnswerContext): Finding[] {
  if (grows === undefined) return [];
  const { field, since } = grows;
  const before = context.earlier[since - 1];
  const from = before && at(parse(decode(before.body)), field);
  const to = at(json, field);
  if (typeof from === 'number' && typeof to === 'number' && to > from) return [];
  return [[field, `more than ${show(from)} of step ${since}`, show(to)]];
}

function linesOf(answer: Answer, name: string): string[] {
  return answer.headers
    .filter(([line]: HeaderLine) => line.toLowerCase() === name)
    .map(([, value]) => value);
}

/** The member of a JSON document at a path of names with dots between. */
function at(json: unknown, path: string): unknown {
  let value = json;
  for (const name of path.split('.')) {
    value =
      typeof value === 'object' && value !== null
        ? new Map(Object.entries(value)).get(name)
        : undefined;
  }
  return value;
}

function decode(body: Uint8Array): string {
  return new TextDecoder().decode(body);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function gunzip(body: Uint8Array): string {
  try {
    return gunzipSync(body).toString('utf8');
  } catch (error) {
    return error instanceof Error ? `no gzip (${error.message})` : 'no gzip';
  }
}

function show(value: unknown): string {
  const text =
    value instanceof Uint8Array
      ? `bytes ${Buffer.from(value).toString('hex')}`
      : (JSON.stringify(value) ?? 'nothing');
  return text.length > 300 ? `${text.slice(0, 300)}… (${text.length} characters)` : text;
}
