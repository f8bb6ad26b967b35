import type { Lang } from '@tricloud/core';

/** The words of a printed bill in one language. */
export interface Words {
  readonly freeTier: (isTakenOff: boolean) => string;
  readonly asOf: (day: string) => string;
  readonly item: (number: number) => string;
  readonly items: (numbers: readonly number[]) => string;
  readonly manyItems: (count: number) => string;
  readonly used: string;
  readonly allowance: string;
  readonly free: string;
  readonly billed: string;
  readonly unit: string;
  readonly unitPrice: string;
  readonly tiers: (ends: readonly string[], isFreeCounted: boolean) => string;
  readonly shared: string;
  readonly subtotal: string;
  readonly total: string;
  readonly rounded: string;
  readonly confidence: Readonly<Record<string, string>>;
  readonly list: (service: string, day: string) => string;
  readonly warning: string;
}

/** English and Vietnamese; what core itself says of a line is in English in both. */
export const words: Readonly<Record<Lang, Words>> = {
  en: {
    freeTier: (isTakenOff) =>
      isTakenOff ? 'with the free allowances' : 'without the free allowances',
    asOf: (day) => `as of ${day}`,
    item: (number) => `item ${number}`,
    items: (numbers) => `item${numbers.length > 1 ? 's' : ''} ${numbers.join(' ')}`,
    manyItems: (count) => `${count} items`,
    used: 'used',
    allowance: 'allowance',
    free: 'free',
    billed: 'billed',
    unit: 'unit',
    unitPrice: 'USD a unit',
    tiers: (ends, isFreeCounted) =>
      `tiers ${ends.map((end) => `to ${end}, `).join('')}above${isFreeCounted ? ' (free ones counted)' : ''}`,
    shared: 'its allowance covers dearer lines first',
    subtotal: 'subtotal',
    total: 'total',
    rounded:
      'Each amount is rounded to cents by itself, and totals are rounded from the exact sum: --json tells every digit.',
    confidence: {
      official: 'official',
      'open-source': 'open source',
      'third-party': 'third party',
      unverified: 'unverified',
      own: 'your own',
    },
    list: (service, day) => `prices of ${service} as of ${day}`,
    warning: 'warning',
  },
  vi: {
    freeTier: (isTakenOff) => (isTakenOff ? 'đã trừ phần miễn phí' : 'không trừ phần miễn phí'),
    asOf: (day) => `tính đến ${day}`,
    item: (number) => `mục ${number}`,
    items: (numbers) => `mục ${numbers.join(' ')}`,
    manyItems: (count) => `${count} mục`,
    used: 'đã dùng',
    allowance: 'phần miễn phí',
    free: 'được trừ',
    billed: 'tính tiền',
    unit: 'đơn vị',
    unitPrice: 'USD một đơn vị',
    tiers: (ends, isFreeCounted) =>
      `bậc ${ends.map((end) => `đến ${end}, `).join('')}trên nữa${isFreeCounted ? ' (kể cả phần miễn phí)' : ''}`,
    shared: 'phần miễn phí trừ cho dòng đắt hơn trước',
    subtotal: 'cộng',
    total: 'tổng cộng',
    rounded:
      'Mỗi số tiền được làm tròn riêng đến cent, tổng thì làm tròn từ tổng chính xác: --json cho mọi chữ số.',
    confidence: {
      official: 'chính thức',
      'open-source': 'mã nguồn mở',
      'third-party': 'bên thứ ba',
      unverified: 'chưa kiểm chứng',
      own: 'giá riêng của bạn',
    },
    list: (service, day) => `giá của ${service}, đối chiếu ngày ${day}`,
    warning: 'cảnh báo',
  },
};
