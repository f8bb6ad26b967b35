import { text } from './bilingual.ts';
import type { FunctionPlanId } from './function-limits.ts';
import type { Source } from './source.ts';
import type { Text } from './text.ts';

/** State of a plan that the provider keeps for existing functions only, or has announced to end. */
export interface LegacyStatus {
  readonly isLegacy: true;
  /** Day on which it ends, ISO 8601; `null` where none is announced. */
  readonly endsOn: string | null;
  readonly reason: Text;
  readonly source: Source;
}

/** State of a plan. */
export type PlanStatus = LegacyStatus | { readonly isLegacy: false };

const legacy: Partial<Record<FunctionPlanId, LegacyStatus>> = {
  'google-cloud-functions-1st-gen': {
    isLegacy: true,
    endsOn: null,
    reason: text(
      'Thế hệ 1 chỉ còn để giữ những hàm đã có; Google khuyên tạo hàm mới trên Cloud Run.',
      'The 1st generation is kept for existing functions; Google recommends Cloud Run for new ones.',
    ),
    source: {
      url: 'https://docs.cloud.google.com/functions/1stgendocs/concepts/overview',
      date: '2026-01-22',
    },
  },
  'azure-functions-consumption': {
    isLegacy: true,
    endsOn: '2028-09-30',
    reason: text(
      'Trên Linux gói Consumption dừng vào ngày 30/09/2028; trên Windows nó vẫn còn, nhưng Microsoft khuyên dùng Flex Consumption.',
      'The Consumption plan ends on Linux on 2028-09-30; it stays on Windows, but Microsoft recommends Flex Consumption.',
    ),
    source: {
      url: 'https://learn.microsoft.com/azure/azure-functions/functions-versions',
      date: '2026-11-22',
    },
  },
};

/** State of a plan: for new functions, or kept for existing ones. */
export function planStatus(plan: FunctionPlanId): PlanStatus {
  return legacy[plan] ?? { isLegacy: false };
}
