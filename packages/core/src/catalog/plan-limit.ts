import { planStatus } from './plan-status.ts';
import type { Plan, PlanLimit } from './provider.ts';
import type { Source } from './source.ts';
import { memoryText, numberText, text, textWith } from './bilingual.ts';
import { type FunctionLimits, functionLimits, type FunctionPlanId } from './function-limits.ts';
import type { Text } from './text.ts';

const names = {
  memory: text('Bộ nhớ', 'Memory'),
  cpu: text('CPU'),
  timeout: text('Thời gian chạy tối đa', 'Longest run'),
  httpAnswer: text('Phải trả lời HTTP trong', 'HTTP answer within'),
  payload: text('Yêu cầu / phản hồi đồng bộ', 'Synchronous request / response'),
  event: text('Sự kiện bất đồng bộ', 'Asynchronous event'),
  concurrency: text('Yêu cầu cùng lúc trên một instance', 'Requests at once in an instance'),
  scaleOut: text('Mức mở rộng tối đa', 'Scale-out'),
  package: text('Gói mã nguồn', 'Deployment package'),
  disk: text('Đĩa cục bộ', 'Local disk'),
  functions: text('Số hàm', 'Functions'),
  url: text('Địa chỉ', 'URL'),
  connections: text('Kết nối và tệp mở', 'Connections and open files'),
  network: text('Mạng và triển khai', 'Network and deployment'),
  os: text('Hệ điều hành', 'Operating system'),
} as const satisfies Record<string, Text>;

/** The kinds of limits that plans are compared by. */
export type LimitId = keyof typeof names;

/** A plan's limit: which one, where it was read, and its value; one value is the same in both languages. */
export function limit(id: LimitId, source: Source, vi: string, en = vi): PlanLimit {
  return { id, name: names[id], value: text(vi, en), source };
}

/** A plan, its limits in words from its numbers, and then the further ones. */
export function plan({ of, id, name, read, further }: Described): Plan {
  const limits = [...instanceLimits(functionLimits(of), read), ...further];
  return { id, name, legacy: planStatus(of).isLegacy, limits };
}

interface Described {
  readonly of: FunctionPlanId;
  /** Where each number was read. */
  readonly read: Readonly<Record<NumberedId, Read>>;
  readonly id: string;
  readonly name: string;
  readonly further: readonly PlanLimit[];
}

/** The kinds of limits that are numbers of `function-limits.json`. */
type NumberedId = 'memory' | 'cpu' | 'timeout' | 'httpAnswer' | 'payload' | 'concurrency';

/** Where a limit was read, and what its number does not say. */
type Read = Source | { readonly source: Source; readonly remark: Text };

function instanceLimits(limits: FunctionLimits, read: Described['read']): readonly PlanLimit[] {
  const values = {
    memory: memoryOf(limits),
    cpu: vcpusOf(limits),
    timeout: timeoutOf(limits),
    httpAnswer: durationText(limits.httpTimeoutMs),
    payload: payloadOf(limits),
    concurrency: concurrencyOf(limits),
  };
  return ids.map((id) => {
    const from = read[id];
    if ('url' in from) return { id, name: names[id], value: values[id], source: from };
    const value = textWith('{0} ({1})', '{0} ({1})', values[id], from.remark);
    return { id, name: names[id], value, source: from.source };
  });
}

const ids = ['memory', 'cpu', 'timeout', 'httpAnswer', 'payload', 'concurrency'] as const;

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
