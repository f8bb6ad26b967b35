import type { Lang } from '@tricloud/core';

const en = {
  freeTier: (isDeducted: boolean): string =>
    isDeducted ? 'Free tier deducted' : 'Without free tier',
  asOf: (day: string) => `as of ${day}`,
  item: (number: number) => `item ${number}`,
  items: (numbers: readonly number[]) =>
    `item${numbers.length > 1 ? 's' : ''} ${numbers.join(' ')}`,
  manyItems: (count: number) => `${count} items`,
  used: 'used',
  allowance: 'allowance',
  free: 'free',
  billed: 'billed',
  unit: 'unit',
  unitPrice: 'USD per unit',
  tiers: (ends: readonly string[], isFreeCounted: boolean) =>
    `tiers ${ends.map((end) => `to ${end}, `).join('')}above${isFreeCounted ? ' (free ones counted)' : ''}`,
  shared: 'its allowance covers more expensive lines first',
  subtotal: 'subtotal',
  total: 'total',
  rounded:
    'Amounts are rounded to cents one by one, totals from the exact sum; --json has every digit.',
  confidence: {
    official: 'official',
    'open-source': 'open source',
    'third-party': 'third party',
    unverified: 'unverified',
    own: 'your own',
  },
  list: (service: string, day: string) => `prices of ${service} as of ${day}`,
  ownPrices: 'own prices',
  warning: 'warning',
};

/** Texts of a printed bill in one language. */
export type Words = typeof en;

const vi: Words = {
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
};

/** English and Vietnamese. */
export const words: Readonly<Record<Lang, Words>> = { en, vi };
