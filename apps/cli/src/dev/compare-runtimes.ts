import { ComparisonSchema, type ProviderId, type Workload, providerIds } from '@tricloud/core';
import { safeParse } from 'valibot';
import type { Layout } from '../compare/layout.ts';
import { summaryLines } from '../compare/summary.ts';
import type { Compared } from './reporter.ts';

type Urls = Readonly<Partial<Record<ProviderId, string>>>;

/** Sends every runtime the same workload and checks that all return the same comparison. */
export async function compareRuntimes(
  urls: Urls,
  workload: Workload,
  layout: Layout,
): Promise<Compared> {
  const ids = providerIds.filter((id) => urls[id] !== undefined);
  const answers = await Promise.all(ids.map((id) => send(id, urls[id] ?? '', workload)));
  const [first] = answers;
  const isSame =
    first !== undefined &&
    first.comparison !== undefined &&
    answers.every(({ text }) => text === first.text);
  const shown = answers.find(({ comparison }) => comparison !== undefined)?.comparison;
  return {
    lines: [
      ...(shown === undefined ? [] : [...summaryLines(shown, layout), '']),
      layout.paint(isSame ? 'green' : 'red', verdict(answers, isSame)),
    ],
    isSame,
    comparison: shown ?? null,
    answers: Object.fromEntries(answers.map(({ provider, outcome }) => [provider, outcome])),
  };
}

interface Answer {
  readonly provider: ProviderId;
  readonly text: string;
  /** `a comparison`, or the response in its place. */
  readonly outcome: string;
  readonly comparison?: ReturnType<typeof parse>;
}

async function send(provider: ProviderId, url: string, workload: Workload): Promise<Answer> {
  try {
    const response = await fetch(`${url}/v1/comparisons`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(workload),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    const comparison = response.ok ? parse(text) : undefined;
    const outcome = comparison === undefined ? `${response.status}, no comparison` : 'a comparison';
    return { provider, text, outcome, comparison };
  } catch (error) {
    return { provider, text: '', outcome: `no response (${String(error)})` };
  }
}

function parse(text: string) {
  try {
    const parsed = safeParse(ComparisonSchema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

function verdict(answers: readonly Answer[], isSame: boolean): string {
  const names = answers.map(({ provider }) => provider).join(', ');
  if (isSame) return `the same comparison from ${names}`;
  const outcomes = answers.map(({ provider, outcome }) => `${provider}: ${outcome}`).join('; ');
  return `different comparisons from ${names} (${outcomes})`;
}
