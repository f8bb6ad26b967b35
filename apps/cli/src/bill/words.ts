import type { Lang } from '@tricloud/core';

/** Texts of a printed bill in one language. */
export interface Words {
  readonly freeTier: (isDeducted: boolean) => string;
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
  readonly ownPrices: string;
  readonly warning: string;
}

/** English and Vietnamese. */
export const words: Readonly<Record<Lang, Words>> = {
  en: {
    freeTier: (isDeducted) => (isDeducted ? 'Free tier deducted' : 'Without free tier'),
    asOf: (day) => `as of ${day}`,
    item: (number) => `item ${number}`,
    items: (numbers) => `item${numbers.length > 1 ? 's' : ''} ${numbers.join(' ')}`,
    manyItems: (count) => `${count} items`,
    used: 'used',
    allowance: 'allowance',
    free: 'free',
    billed: 'billed',
    unit: 'unit',
    unitPrice: 'USD per unit',
    tiers: (ends, isFreeCounted) =>
      `tiers ${ends.map((end) => `to ${end}, `).join('')}above${isFreeCounted ? ' (free ones counted)' : ''}`,
    shared: 'its allowance covers more expensive lines first',
    subtotal: 'subtotal',
    total: 'total',
    rounded:
      'Each amount is rounded to cents by itself, totals from the exact sum; --json has every digit.',
    confidence: {
      official: 'official',
      'open-source': 'open source',
      'third-party': 'third party',
      unverified: 'unverified',
      own: 'your own',
    },
    list: (service, day) => `prices of ${service} as of ${day}`,
    ownPrices: 'own prices',
    warning: 'warning',
  },
  vi: {
    freeTier: (isDeducted) => (isDeducted ? 'Đã trừ free tier' : 'Không trừ free tier'),
    asOf: (day) => `tính đến ${day}`,
    item: (number) => `mục ${number}`,
    items: (numbers) => `mục ${numbers.join(' ')}`,
    manyItems: (count) => `${count} mục`,
    used: 'đã dùng',
    allowance: 'free tier',
    free: 'miễn phí',
    billed: 'phải trả',
    unit: 'đơn vị',
    unitPrice: 'USD/đơn vị',
    tiers: (ends, isFreeCounted) =>
      `bậc ${ends.map((end) => `đến ${end}, `).join('')}cao hơn nữa${isFreeCounted ? ' (tính cả phần miễn phí)' : ''}`,
    shared: 'free tier được trừ cho dòng đắt hơn trước',
    subtotal: 'tạm tính',
    total: 'tổng cộng',
    rounded:
      'Mỗi số tiền được làm tròn riêng đến cent, còn tổng được làm tròn từ số chính xác; --json có đủ mọi chữ số.',
    confidence: {
      official: 'chính thức',
      'open-source': 'mã nguồn mở',
      'third-party': 'bên thứ ba',
      unverified: 'chưa kiểm chứng',
      own: 'giá riêng của bạn',
    },
    list: (service, day) => `giá của ${service}, đối chiếu ngày ${day}`,
    ownPrices: 'giá riêng',
    warning: 'cảnh báo',
  },
};
