import type { Lang } from '@tricloud/core';

/** Texts of a printed comparison in one language. */
export interface Words {
  readonly cheapest: (requests: string, name: string, usd: string) => string;
  readonly andOthers: (name: string, count: string) => string;
  readonly nothingRuns: (requests: string) => string;
  readonly serverCheaperFrom: (size: string, requests: string) => string;
  readonly noServerCheaper: string;
  readonly noServer: string;
  readonly planCheaperBelow: (name: string, requests: string) => string;
  readonly noPlanCheaper: string;
  readonly noPlan: string;
  readonly incompleteAnswer: string;
  readonly ownPrices: string;
  readonly number: string;
  readonly estimate: string;
  readonly usdAMonth: string;
  readonly instances: string;
  readonly instancesAt: (count: string, share: string) => string;
  readonly utilization: string;
  readonly oneYear: string;
  readonly legacy: (endsOn: string | null) => string;
  readonly incomplete: string;
  readonly andMore: (count: string) => string;
  readonly deployTarget: string;
  readonly breaksEven: (size: string, plan: string, requests: string) => string;
  readonly crossesAgain: string;
  readonly alwaysCheaper: (size: string, plan: string) => string;
  readonly neverCheaper: (plan: string) => string;
  readonly request: (ms: string, mib: string) => string;
  readonly arrivals: Readonly<Record<'random' | 'even', string>>;
  readonly peak: (times: string) => string;
  readonly coldStarts: (share: string) => string;
  readonly redundancy: string;
  readonly freeTier: (isDeducted: boolean) => string;
  readonly pricesOf: (day: string) => string;
  readonly newerThan: (day: string) => string;
  readonly olderThan: (day: string) => string;
  readonly seeAll: string;
  readonly inFlight: (requests: string) => string;
  readonly legacyTitle: string;
  readonly sizes: string;
  readonly size: string;
  readonly sizesUnable: string;
  readonly breakEven: string;
  readonly breakEvenNote: string;
  readonly never: string;
  readonly sensitivity: string;
  readonly downTo: (value: string, cheapest: string) => string;
  readonly upTo: (value: string, cheapest: string) => string;
  readonly nothing: string;
  readonly unavailable: string;
  readonly notes: string;
  readonly sources: string;
  readonly listOf: (day: string) => string;
}

const en: Words = {
  cheapest: (requests, name, usd) =>
    `Cheapest for ${requestsIn(requests)} a month: ${name}, ${usd} USD`,
  andOthers: (name, count) => `${name} and ${count} more`,
  nothingRuns: (requests) =>
    `No plan and no server can run this workload of ${requestsIn(requests)} a month.`,
  serverCheaperFrom: (size, requests) =>
    `${article(size)} ${size} becomes cheaper from ${requestsIn(requests)}`,
  noServerCheaper: 'no server becomes cheaper at more requests',
  noServer: 'no server can run it',
  planCheaperBelow: (name, requests) => `${name} is cheaper below ${requestsIn(requests)}`,
  noPlanCheaper: 'no plan is cheaper at fewer requests',
  noPlan: 'no plan can run it',
  incompleteAnswer: 'The total is incomplete: an additional charge has no price for this region.',
  ownPrices: 'Own prices are used.',
  number: '#',
  estimate: 'plan or server',
  usdAMonth: 'USD/month',
  instances: 'instances',
  instancesAt: (count, share) => `${count} at ${share}`,
  utilization: 'utilization',
  oneYear: '1-year commitment',
  legacy: (endsOn) => (endsOn === null ? 'legacy' : `legacy, ends ${endsOn}`),
  incomplete: 'incomplete',
  andMore: (count) => `and ${count} more: --all`,
  deployTarget: '* created by tricloud deploy',
  breaksEven: (size, plan, requests) =>
    `${article(size)} ${size} costs less than ${plan} from ${requestsIn(requests)}`,
  crossesAgain: ', with gaps',
  alwaysCheaper: (size, plan) => `${article(size)} ${size} always costs less than ${plan}`,
  neverCheaper: (plan) => `no server costs less than ${plan}`,
  request: (ms, mib) => `${ms} ms and ${mib} MiB`,
  arrivals: { random: 'random arrivals', even: 'even arrivals' },
  peak: (times) => `peak ${times} times the average`,
  coldStarts: (share) => `${share} cold starts`,
  redundancy: 'twice the servers needed',
  freeTier: (isDeducted) => (isDeducted ? 'free tier deducted' : 'without free tier'),
  pricesOf: (day) => `prices of ${day}`,
  newerThan: (day) => `newer than ${day}`,
  olderThan: (day) => `over a year older than ${day}`,
  seeAll: '--all: every size, note and source.',
  inFlight: (requests) => `${requests} requests in flight on average while traffic is on`,
  legacyTitle: 'Legacy plans and servers, ranked with --include-legacy',
  sizes: 'Server sizes that can run it',
  size: 'size',
  sizesUnable: 'Unavailable server sizes',
  breakEven: 'Requests a month from which a plan costs more than a server',
  breakEvenNote: '+n: the two cross n more times',
  never: 'never',
  sensitivity: 'Changes that make another plan or server the cheapest, all else equal',
  downTo: (value, cheapest) => `down to ${value}: ${cheapest}`,
  upTo: (value, cheapest) => `up to ${value}: ${cheapest}`,
  nothing: 'no change',
  unavailable: 'Unavailable plans',
  notes: 'Notes',
  sources: 'Price sources',
  listOf: (day) => `checked ${day}`,
};

const vi: Words = {
  cheapest: (requests, name, usd) =>
    `Rẻ nhất cho ${requests} yêu cầu mỗi tháng: ${name}, ${usd} USD`,
  andOthers: (name, count) => `${name} và ${count} lựa chọn khác`,
  nothingRuns: (requests) =>
    `Không có gói hay máy chủ nào chạy được workload này (${requests} yêu cầu mỗi tháng).`,
  serverCheaperFrom: (size, requests) => `từ ${requests} yêu cầu thì ${size} rẻ hơn`,
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
  oneYear: 'cam kết 1 năm',
  legacy: (endsOn) => (endsOn === null ? 'gói cũ' : `gói cũ, dừng ngày ${endsOn}`),
  incomplete: 'còn thiếu',
  andMore: (count) => `và ${count} lựa chọn nữa: --all`,
  deployTarget: '* do tricloud deploy tạo',
  breaksEven: (size, plan, requests) => `từ ${requests} yêu cầu thì ${size} rẻ hơn ${plan}`,
  crossesAgain: ', có quãng ngược lại',
  alwaysCheaper: (size, plan) => `${size} luôn rẻ hơn ${plan}`,
  neverCheaper: (plan) => `không máy chủ nào rẻ hơn ${plan}`,
  request: (ms, mib) => `${ms} ms và ${mib} MiB`,
  arrivals: { random: 'yêu cầu đến ngẫu nhiên', even: 'yêu cầu đến đều' },
  peak: (times) => `cao điểm gấp ${times} lần trung bình`,
  coldStarts: (share) => `${share} cold start`,
  redundancy: 'gấp đôi số máy chủ cần thiết',
  freeTier: (isDeducted) => (isDeducted ? 'đã trừ free tier' : 'không trừ free tier'),
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
  downTo: (value, cheapest) => `giảm đến ${value}: ${cheapest}`,
  upTo: (value, cheapest) => `tăng đến ${value}: ${cheapest}`,
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
