import type { Plan, PlanLimit } from './provider.ts';
import type { Source } from './source.ts';
import { text } from './bilingual.ts';
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

/** A plan and its limits. */
export function plan(
  id: string,
  name: string,
  legacy: boolean,
  limits: readonly PlanLimit[],
): Plan {
  return { id, name, legacy, limits };
}
