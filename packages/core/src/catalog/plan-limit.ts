import { memoryText, numberText, text, textWith } from './bilingual.ts';
import {
  type FunctionLimits,
  functionLimits,
  type FunctionPlanId,
  functionPlanIds,
} from './function-limits.ts';
import limitNames from './limit-names.json' with { type: 'json' };
import { planStatus } from './plan-status.ts';
import type { PlanLimit, PricingPlan } from './provider.ts';
import type { Source } from './source.ts';
import type { Text } from './text.ts';

/** What is written of a provider's plans by hand. */
export type PlanData = Readonly<Partial<Record<FunctionPlanId, Described>>>;

interface Described extends Pick<PricingPlan, 'id' | 'name'> {
  readonly limits: Readonly<Record<string, DescribedLimit>>;
}

interface DescribedLimit {
  /** Where it was read, as the sources name it. */
  readonly source: string;
  /** Its value in words, where it is no number of `function-limits.json`. */
  readonly value?: Text;
  /** What its number does not say. */
  readonly remark?: Text;
}

const names: Readonly<Record<string, Text | undefined>> = limitNames;

/** Plans as they are described, with the words for their limits that are numbers. */
export function plansOf(
  data: PlanData,
  sources: Readonly<Record<string, Source | undefined>>,
): readonly PricingPlan[] {
  return functionPlanIds.flatMap((of) => {
    const described = data[of];
    if (described === undefined) return [];
    const values = valuesOf(functionLimits(of));
    const limits = Object.entries(described.limits).map(([id, { source, value, remark }]) =>
      limitOf(id, value ?? values[id], { remark, source: sources[source] }),
    );
    const { id, name } = described;
    return { id, name, legacy: planStatus(of).isLegacy, limits };
  });
}

function limitOf(
  id: string,
  words: Text | undefined,
  { remark, source }: { readonly remark?: Text | undefined; readonly source: Source | undefined },
): PlanLimit {
  const name = names[id];
  if (name === undefined || words === undefined || source === undefined) {
    throw new Error(`a limit ${id} has no name, value or source`);
  }
  const value = remark === undefined ? words : textWith('{0} ({1})', '{0} ({1})', words, remark);
  return { id, name, value, source };
}

function valuesOf(limits: FunctionLimits): Readonly<Record<string, Text>> {
  return {
    memory: memoryOf(limits),
    cpu: vcpusOf(limits),
    timeout: timeoutOf(limits),
    httpAnswer: durationText(limits.httpTimeoutMs),
    payload: payloadOf(limits),
    concurrency: concurrencyOf(limits),
  };
}

function memoryOf({ memoryMiB: { min, max, step }, sizes }: FunctionLimits): Text {
  if (step === null) return oneOf(sizes.map((size) => memoryText(size.memoryMiB)));
  return step === 1
    ? textWith('{0}–{1}', '{0}–{1}', memoryText(min), memoryText(max))
    : textWith('đến {0}, không chọn được', 'up to {0}, not chosen', memoryText(max));
}

function vcpusOf({ sizes, mibPerVcpu, memoryMiB: { max } }: FunctionLimits): Text {
  if (mibPerVcpu !== null) {
    return textWith(
      'tỉ lệ với bộ nhớ: 1 vCPU ở mức {0}, {1} ở mức cao nhất',
      'in proportion to memory: 1 vCPU at {0}, {1} at the top',
      memoryText(mibPerVcpu),
      Math.round((max / mibPerVcpu) * 10) / 10,
    );
  }
  const vcpus = [...new Set(sizes.map(({ vcpu }) => vcpu))].map(numberText);
  return textWith('{0} vCPU', '{0} vCPU', oneOf(vcpus));
}

function timeoutOf({ timeoutMs, defaultTimeoutMs }: FunctionLimits): Text {
  return textWith(
    '{0}, mặc định {1}',
    '{0}, {1} by default',
    timeoutMs === null ? text('không giới hạn', 'unbounded') : durationText(timeoutMs),
    durationText(defaultTimeoutMs),
  );
}

function payloadOf({ requestBytes, responseBytes }: FunctionLimits): Text {
  const request = bytesText(requestBytes);
  return responseBytes === null
    ? textWith('yêu cầu {0}', 'request {0}', request)
    : textWith('{0} / {1}', '{0} / {1}', request, bytesText(responseBytes));
}

function concurrencyOf({ concurrency }: FunctionLimits): Text {
  if (concurrency === null) return text('nhiều, đặt trong host.json', 'many, set in host.json');
  return concurrency === 1
    ? numberText(1)
    : textWith('tối đa {0}', 'up to {0}', numberText(concurrency));
}

function durationText(ms: number): Text {
  return ms % 60_000 === 0 && ms >= 120_000
    ? textWith('{0} phút', '{0} minutes', ms / 60_000)
    : textWith('{0} giây', '{0} seconds', ms / 1000);
}

function bytesText(bytes: number): Text {
  return textWith('{0} MiB', '{0} MiB', Math.floor(bytes / 1_048_576));
}

function oneOf(values: readonly Text[]): Text {
  // Vietnamese has a comma in its decimals.
  const joined = (lang: keyof Text, [comma, or]: readonly [string, string]) => {
    const all = values.map((value) => value[lang]);
    return [all.slice(0, -1).join(comma), ...all.slice(-1)].filter(Boolean).join(or);
  };
  return { vi: joined('vi', ['; ', ' hoặc ']), en: joined('en', [', ', ' or ']) };
}
