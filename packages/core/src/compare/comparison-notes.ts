import { ageWarning, unverifiedWarning } from '../billing/price-warnings.ts';
import { text, textWith } from '../catalog/bilingual.ts';
import { providers } from '../catalog/providers.ts';
import type { Text } from '../catalog/text.ts';
import type { MeterPrice } from '../pricing/price-list.ts';
import type { PriceLists } from '../pricing/price-lists.ts';
import type { Candidate } from './candidate.ts';
import { operatingSystemMiB } from './server-capacity.ts';
import type { Workload } from './workload.ts';

interface Compared {
  readonly asOf: string;
  readonly prices: PriceLists;
  readonly candidates: readonly Candidate[];
}

/** Assumptions of a comparison, what it leaves out, and what is to be said of its prices. */
export function comparisonNotes(
  workload: Workload,
  { asOf, prices, candidates }: Compared,
): Text[] {
  return [
    trafficNote(workload),
    instancesNote(workload),
    serversNote(workload),
    leftOutNote(workload),
    coldStartNote(workload),
    commitmentNote(workload, candidates),
    ...ownPricesNotes(prices),
    ...priceNotes(candidates, asOf),
  ].filter((note) => note !== undefined);
}

function trafficNote({ arrivals, peakToAverage }: Workload): Text {
  const [vi, en] =
    arrivals === 'random'
      ? ['Yêu cầu đến ngẫu nhiên, độc lập với nhau', 'Requests arrive at random']
      : ['Yêu cầu đến cách đều nhau', 'Requests arrive evenly spaced'];
  if (peakToAverage === 1) return text(`${vi}, suốt cả tháng.`, `${en}, all month.`);
  return textWith(
    `${vi}, với {0} lần nhịp trung bình trong 1/{0} của mỗi ngày; thời gian còn lại không có yêu cầu nào.`,
    `${en}, at {0} times the average rate during 1/{0} of each day, and not at all in the rest.`,
    peakToAverage,
  );
}

function instancesNote({ concurrencyPerInstance }: Workload): Text {
  const provisioned = [
    'Số instance trả theo giờ đủ để dưới 1% yêu cầu lúc cao điểm phải chờ chỗ (Erlang B).',
    'Instances billed by the hour: so many that below 1% of requests at the peak find none free (Erlang B).',
  ] as const;
  if (concurrencyPerInstance === 1) return text(...provisioned);
  return text(
    `Mỗi yêu cầu vào instance đông nhất còn chỗ, cách rẻ nhất; nền tảng thường trải yêu cầu ra nhiều instance hơn. ${provisioned[0]}`,
    `A request goes to the busiest instance with room, which is the cheapest routing; platforms spread requests over more instances. ${provisioned[1]}`,
  );
}

function serversNote({ cpuPerRequest, redundancy, diskAndAddress }: Workload): Text {
  const cpu = cpuPerRequest ?? 1;
  const attached = diskAndAddress
    ? [
        'mỗi máy có một đĩa 32 GB và một địa chỉ công cộng',
        'each has a 32 GB disk and a public address',
      ]
    : ['chưa tính đĩa và địa chỉ công cộng', 'disk and public address are not billed'];
  const copies =
    redundancy === 1
      ? ['không có máy dự phòng', 'without redundancy']
      : ['gấp đôi để dự phòng', 'twice, for redundancy'];
  return textWith(
    `Số máy chủ rẻ nhất đủ cho lúc cao điểm, ${copies[0]}, mỗi máy chạy 730 giờ; ${attached[0]}. Hệ điều hành chiếm {0} MiB; mỗi yêu cầu giữ bận {1} vCPU (cpuPerRequest); máy burstable chỉ được tính mức vCPU baseline, hoặc trả thêm surplus credit.`,
    `The cheapest number of servers that carries the peak, ${copies[1]}, each for 730 hours; ${attached[1]}. The operating system takes {0} MiB; a request keeps {1} vCPU busy (cpuPerRequest); a burstable server counts with its baseline of vCPU or pays surplus credits.`,
    operatingSystemMiB,
    cpu,
  );
}

function leftOutNote({ egress, frontDoor, coldStarts, initMs }: Workload): Text | undefined {
  const left = [
    ...(egress ? [] : [text('dữ liệu gửi ra internet', 'data transfer')]),
    ...(frontDoor
      ? []
      : [text('API gateway và bộ cân bằng tải', 'API gateways and load balancers')]),
    ...(coldStarts > 0 && initMs > 0 ? [] : [text('cold start', 'cold starts')]),
  ];
  if (left.length === 0) return undefined;
  return text(
    `Không có trong hoá đơn: ${left.map(({ vi }) => vi).join(', ')}.`,
    `Not billed: ${left.map(({ en }) => en).join(', ')}.`,
  );
}

function coldStartNote({ coldStarts, initMs }: Workload): Text | undefined {
  if (coldStarts > 0 === initMs > 0) return undefined;
  return text(
    'Cold start chỉ được tính khi có cả coldStarts và initMs.',
    'Cold starts are billed only with both coldStarts and initMs.',
  );
}

/** Providers without a one-year price for their region, where one is requested. */
function commitmentNote(
  { commitment }: Workload,
  candidates: readonly Candidate[],
): Text | undefined {
  if (commitment === 'none') return undefined;
  const committed = new Set(candidates.flatMap((each) => (each.commitment ? [each.provider] : [])));
  const without = providers.filter(({ id }) => !committed.has(id)).map(({ name }) => name);
  if (without.length === 0) return undefined;
  return textWith(
    'Không có giá cam kết một năm cho vùng này: {0}.',
    'No one-year price for this region: {0}.',
    text(without.join(', ')),
  );
}

function ownPricesNotes({ own }: PriceLists): readonly Text[] {
  if (own.length === 0) return [];
  const used = own.map(({ key, value }) => `${key} ${value}`).join(', ');
  return [
    text(
      `Giá của riêng bạn thay cho giá niêm yết: ${used}.`,
      `Your own prices in place of list prices: ${used}.`,
    ),
  ];
}

/** Lists that are old or newer than the day, and prices that no source shows. */
function priceNotes(candidates: readonly Candidate[], asOf: string): readonly Text[] {
  const used = new Set<MeterPrice>(
    candidates.flatMap(({ cost }) =>
      cost.charges.flatMap(({ metered }) => metered.map(({ price }) => price)),
    ),
  );
  const lists = new Set([...used].map(({ list }) => list));
  return [
    ...[...lists].map((list) => ageWarning(list, asOf)),
    ...[...used].map(unverifiedWarning),
  ].filter((note) => note !== undefined);
}
