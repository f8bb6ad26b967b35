import type { Lang } from '@tricloud/core';

/** The words of the comparison's table in one language. */
export interface Words {
  readonly workload: (requests: string, ms: string, mib: string) => string;
  readonly freeTier: (isTakenOff: boolean) => string;
  readonly asOf: (day: string) => string;
  readonly offer: string;
  readonly usdAMonth: string;
  readonly kept: string;
  readonly used: string;
  readonly sizes: string;
  readonly unable: (count: string) => string;
  readonly peak: (requests: string) => string;
  readonly breakEven: string;
  readonly sensitivity: string;
  readonly downTo: string;
  readonly upTo: string;
  readonly nothing: string;
  readonly plan: string;
  readonly never: string;
  readonly notes: string;
  readonly unavailable: string;
  readonly sources: string;
  readonly listOf: (day: string) => string;
}

/** English and Vietnamese; what core itself says of a plan is in English in both. */
export const words: Readonly<Record<Lang, Words>> = {
  en: {
    workload: (requests, ms, mib) => `${requests} requests a month, ${ms} ms each, ${mib} MiB`,
    freeTier: (isTakenOff) => (isTakenOff ? 'free tiers taken off' : 'without free tiers'),
    asOf: (day) => `as of ${day}`,
    offer: 'plan or server',
    usdAMonth: 'USD a month',
    kept: 'always on',
    used: 'in use',
    sizes: 'Servers that carry it: how many of which size, USD a month',
    unable: (count) => `${count} more cannot`,
    peak: (requests) => `${requests} requests at once at the busiest moment`,
    breakEven:
      'From this many requests a month on, the plan costs more than the server (+n: they cross n times more):',
    sensitivity: 'What would make another offer the cheapest, all else alike',
    downTo: 'down to',
    upTo: 'up to',
    nothing: 'changes nothing',
    plan: 'plan',
    never: 'never',
    notes: 'Notes',
    unavailable: 'Not available',
    sources: 'Prices',
    listOf: (day) => `checked ${day}`,
  },
  vi: {
    workload: (requests, ms, mib) =>
      `${requests} yêu cầu mỗi tháng, mỗi yêu cầu ${ms} ms, ${mib} MiB`,
    freeTier: (isTakenOff) => (isTakenOff ? 'đã trừ phần miễn phí' : 'không trừ phần miễn phí'),
    asOf: (day) => `tính đến ${day}`,
    offer: 'gói hoặc máy chủ',
    usdAMonth: 'USD mỗi tháng',
    kept: 'luôn bật',
    used: 'đang dùng',
    sizes: 'Máy chủ kham nổi: bao nhiêu máy cỡ nào, USD mỗi tháng',
    unable: (count) => `${count} cỡ khác không kham nổi`,
    peak: (requests) => `lúc cao điểm có ${requests} yêu cầu cùng lúc`,
    breakEven:
      'Từ số yêu cầu mỗi tháng này trở đi, gói đắt hơn máy chủ (+n: sau đó còn đổi n lần):',
    sensitivity: 'Điều gì làm lựa chọn khác thành rẻ nhất, khi mọi thứ khác giữ nguyên',
    downTo: 'giảm đến',
    upTo: 'tăng đến',
    nothing: 'không đổi gì',
    plan: 'gói',
    never: 'không bao giờ',
    notes: 'Ghi chú',
    unavailable: 'Không dùng được',
    sources: 'Giá',
    listOf: (day) => `đối chiếu ngày ${day}`,
  },
};
