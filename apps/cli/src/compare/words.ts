import type { Lang, Workload } from '@tricloud/core';

/** Requests from one number on, up to another. */
interface Range {
  readonly from?: string;
  readonly to?: string;
}

/** The additional charges that a workload bills. */
type Billed = Pick<Workload, 'frontDoor' | 'egress'>;

const en = {
  cheapest: (requests: string, name: string, usd: string) =>
    `Cheapest for ${requestsIn(requests)} a month: ${name}, ${usd} USD`,
  andOthers: (name: string, count: string) => `${name} and ${count} more`,
  nothingRuns: (requests: string) =>
    `No plan and no server can run this workload of ${requestsIn(requests)} a month.`,
  serverCheaperFrom: (size: string, requests: string) =>
    `${article(size)} ${size} becomes cheaper from ${requestsIn(requests)}`,
  noServerCheaper: 'no server becomes cheaper at more requests',
  noServer: 'no server can run it',
  planCheaperBelow: (name: string, requests: string) =>
    `${name} is cheaper below ${requestsIn(requests)}`,
  noPlanCheaper: 'no plan is cheaper at fewer requests',
  noPlan: 'no plan can run it',
  incompleteAnswer: 'The total is incomplete: an additional charge has no price for this region.',
  ownPrices: 'Own prices are used.',
  number: '#',
  estimate: 'plan or server',
  usdAMonth: 'USD/month',
  instances: 'instances',
  instancesAt: (count: string, share: string) => `${count} at ${share}`,
  utilization: 'utilization',
  oneYear: '1 year',
  legacy: (endsOn: string | null) => (endsOn === null ? 'legacy' : `legacy, ends ${endsOn}`),
  incomplete: '+ incomplete: an additional charge has no price here',
  andMore: (count: string) => `and ${count} more: --all`,
  deployTarget: '* tricloud deploy creates this plan',
  onAndOff: ', on and off',
  incompleteMark: 'incomplete',
  becomesCheaper: (size: string, requests: string) =>
    `${size} becomes cheaper from ${requestsIn(requests)}`,
  isCheaper: (size: string, { from, to }: Range) => {
    if (to !== undefined) {
      return `${size} is cheaper ${from === undefined ? 'up' : `from ${from}`} to ${requestsIn(to)}`;
    }
    return from === undefined
      ? `${size} is always cheaper`
      : `${size} is cheaper from ${requestsIn(from)}`;
  },
  neverCheaper: 'no server is ever cheaper',
  noBreakEven: 'no break-even with a server found',
  request: (ms: string, mib: string) => `${ms} ms and ${mib} MiB`,
  arrivals: { random: 'random arrivals', even: 'even arrivals' },
  peak: (times: string) => `peak ${times} times the average`,
  coldStarts: (share: string) => `${share} cold starts`,
  redundancy: 'twice the servers needed',
  freeTier: (isDeducted: boolean): string =>
    isDeducted ? 'free tier deducted' : 'without free tier',
  notBilled: ({ frontDoor, egress }: Billed): string => {
    if (frontDoor) return 'without data transfer';
    return egress
      ? 'without gateways and load balancers'
      : 'without gateways, load balancers and data transfer';
  },
  noCommitment: (providers: string) => `no 1-year price here: ${providers}`,
  pricesOf: (day: string) => `prices of ${day}`,
  newerThan: (day: string) => `newer than ${day}`,
  olderThan: (day: string) => `over a year older than ${day}`,
  seeAll: '--all: every size, note and source.',
  inFlight: (requests: string) => `${requests} requests in flight on average while traffic is on`,
  legacyTitle: 'Legacy plans and servers, ranked with --include-legacy',
  sizes: 'Server sizes that can run it',
  size: 'size',
  sizesUnable: 'Unavailable server sizes',
  breakEven: 'Requests a month from which a plan costs more than a server',
  breakEvenNote: '+n: then they cross n more times',
  never: 'never',
  sensitivity: 'Changes that make another plan or server the cheapest, all else equal',
  downTo: (value: string, cheapest: string | undefined) =>
    cheapest === undefined
      ? `nothing can run it from ${value} down`
      : `another is cheapest from ${value} down: ${cheapest}`,
  upTo: (value: string, cheapest: string | undefined) =>
    cheapest === undefined
      ? `nothing can run it from ${value}`
      : `another is cheapest from ${value}: ${cheapest}`,
  requests: requestsIn,
  nothing: 'no change',
  unavailable: 'Unavailable plans',
  notes: 'Notes',
  sources: 'Price sources',
  listOf: (day: string) => `checked ${day}`,
};

/** Texts of a printed comparison in one language. */
export type Words = typeof en;

const vi: Words = {
  cheapest: (requests, name, usd) =>
    `Rẻ nhất cho ${requests} yêu cầu mỗi tháng: ${name}, ${usd} USD`,
  andOthers: (name, count) => `${name} và ${count} lựa chọn khác`,
  nothingRuns: (requests) =>
    `Không có gói hay máy chủ nào chạy được workload này (${requests} yêu cầu mỗi tháng).`,
  serverCheaperFrom: (size, requests) => `từ ${requests} yêu cầu trở lên thì ${size} rẻ hơn`,
  noServerCheaper: 'có tăng số yêu cầu thì cũng không máy chủ nào rẻ hơn',
  noServer: 'không máy chủ nào chạy được',
  planCheaperBelow: (name, requests) => `dưới ${requests} yêu cầu thì ${name} rẻ hơn`,
  noPlanCheaper: 'có giảm số yêu cầu thì cũng không gói nào rẻ hơn',
  noPlan: 'không gói nào chạy được',
  incompleteAnswer: 'Tổng còn thiếu: một khoản phụ không có giá cho vùng này.',
  ownPrices: 'Đã dùng giá riêng.',
  number: '#',
  estimate: 'gói hoặc máy chủ',
  usdAMonth: 'USD/tháng',
  instances: 'instance',
  instancesAt: (count, share) => `${count}, dùng ${share}`,
  utilization: 'mức sử dụng',
  oneYear: '1 năm',
  legacy: (endsOn) => (endsOn === null ? 'cũ' : `cũ, dừng ngày ${endsOn}`),
  incomplete: '+ còn thiếu một khoản phụ không có giá ở đây',
  andMore: (count) => `và ${count} lựa chọn nữa: --all`,
  deployTarget: '* tricloud deploy tạo gói này',
  onAndOff: ', tuỳ khoảng',
  incompleteMark: 'còn thiếu',
  becomesCheaper: (size, requests) => `từ ${requests} yêu cầu trở lên thì ${size} rẻ hơn`,
  isCheaper: (size, { from, to }) => {
    if (to !== undefined) {
      return `${from === undefined ? '' : `từ ${from} `}đến ${to} yêu cầu thì ${size} rẻ hơn`;
    }
    return from === undefined
      ? `${size} luôn rẻ hơn`
      : `từ ${from} yêu cầu trở lên thì ${size} rẻ hơn`;
  },
  neverCheaper: 'không bao giờ có máy chủ nào rẻ hơn',
  noBreakEven: 'không tìm thấy điểm hoà vốn với máy chủ nào',
  request: (ms, mib) => `${ms} ms và ${mib} MiB`,
  arrivals: { random: 'yêu cầu đến ngẫu nhiên', even: 'yêu cầu đến đều' },
  peak: (times) => `cao điểm gấp ${times} lần trung bình`,
  coldStarts: (share) => `${share} cold start`,
  redundancy: 'gấp đôi số máy chủ cần thiết',
  freeTier: (isDeducted) => (isDeducted ? 'đã trừ free tier' : 'không trừ free tier'),
  notBilled: ({ frontDoor, egress }) => {
    if (frontDoor) return 'chưa tính truyền dữ liệu';
    return egress
      ? 'chưa tính gateway và bộ cân bằng tải'
      : 'chưa tính gateway, bộ cân bằng tải và truyền dữ liệu';
  },
  noCommitment: (providers) => `không có giá 1 năm ở đây: ${providers}`,
  pricesOf: (day) => `giá ngày ${day}`,
  newerThan: (day) => `mới hơn ngày ${day}`,
  olderThan: (day) => `cũ hơn ngày ${day} quá một năm`,
  seeAll: '--all: mọi cỡ máy, ghi chú và nguồn giá.',
  inFlight: (requests) => `Trung bình ${requests} yêu cầu cùng lúc khi có tải`,
  legacyTitle: 'Gói và máy chủ cũ, được xếp hạng khi có --include-legacy',
  sizes: 'Các cỡ máy chủ chạy được',
  size: 'cỡ máy',
  sizesUnable: 'Các cỡ máy chủ không dùng được',
  breakEven: 'Số yêu cầu mỗi tháng mà từ đó gói đắt hơn máy chủ',
  breakEvenNote: '+n: sau đó còn đổi n lần',
  never: 'không bao giờ',
  sensitivity: 'Thay đổi khiến lựa chọn khác thành rẻ nhất, khi mọi thứ khác giữ nguyên',
  downTo: (value, cheapest) =>
    `khi giảm còn ${value}: ${cheapest ?? 'không lựa chọn nào chạy được'}`,
  upTo: (value, cheapest) => `khi tăng đến ${value}: ${cheapest ?? 'không lựa chọn nào chạy được'}`,
  requests: (count) => `${count} yêu cầu`,
  nothing: 'không đổi gì',
  unavailable: 'Các gói không dùng được',
  notes: 'Ghi chú',
  sources: 'Nguồn giá',
  listOf: (day) => `đối chiếu ngày ${day}`,
};

/** English and Vietnamese. */
export const words: Readonly<Record<Lang, Words>> = { en, vi };

function requestsIn(count: string): string {
  return `${count} request${count === '1' ? '' : 's'}`;
}

/** The article before a server size, by how its first letter is pronounced: an e2-small, a t3.small. */
function article(size: string): string {
  return /^[aefhilmnorsx8]/i.test(size) ? 'an' : 'a';
}
