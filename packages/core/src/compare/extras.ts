import { meterAwsApiGatewayHttp } from '../billing/aws-api-gateway-http.ts';
import { azureEgressPrice } from '../billing/azure-bandwidth.ts';
import type { Metered } from '../billing/metered.ts';
import { text, textWith } from '../catalog/bilingual.ts';
import type { ProviderId } from '../catalog/provider-ids.ts';
import type { Text } from '../catalog/text.ts';
import { NoPriceError } from '../pricing/price-list.ts';
import type { MeterPrice } from '../pricing/price-list.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { exactly, product, quantity, type Quantity } from '../pricing/quantity.ts';
import type { Workload } from './workload.ts';

/** An additional charge; a note in its place where it has no price for the region. */
export interface Extra {
  readonly metered: readonly Metered[];
  readonly missing: readonly Text[];
}

/** No additional charge. */
export const noExtra: Extra = { metered: [], missing: [] };

/** An additional charge, or a note that it has no price for this region. */
export function extra(
  name: Text,
  { region }: RegionPrices,
  meter: () => readonly Metered[],
): Extra {
  try {
    return { metered: meter(), missing: [] };
  } catch (error) {
    if (!(error instanceof NoPriceError)) throw error;
    const note = textWith(
      '{0}: không có giá cho vùng này ({1}), nên tổng còn thiếu',
      '{0}: no price for this region ({1}), so the total is incomplete',
      name,
      text(region),
    );
    return { metered: [], missing: [note] };
  }
}

/** Data that one response sends to the internet, where the workload asks for it. */
export function egressPerRequest(
  { egress, responseKiB }: Workload,
  prices: RegionPrices,
  price: (prices: RegionPrices) => MeterPrice,
): Extra {
  if (!egress || responseKiB === 0) return noExtra;
  return extra(text('Dữ liệu gửi ra internet', 'Data transfer'), prices, () => [
    { quantity: gib(responseKiB), price: price(prices) },
  ]);
}

/** GiB of so many KiB. */
export function gib(kib: number): Quantity {
  return product(exactly(kib), quantity(1n, 1_048_576n));
}

/** Price of data sent to the internet by virtual machines and functions. */
export const egressPrices: Readonly<Record<ProviderId, (prices: RegionPrices) => MeterPrice>> = {
  aws: (prices) => prices.price('aws-data-transfer', 'internet'),
  google: (prices) => prices.price('google-network-egress', 'worldwide'),
  azure: (prices) => azureEgressPrice('internet', prices),
};

/** The gateway before a function for one request, where the workload asks for it. */
export function gatewayPerRequest(
  provider: ProviderId,
  workload: Workload,
  prices: RegionPrices,
): Extra {
  if (!workload.frontDoor) return noExtra;
  return extra(text('API gateway'), prices, () => gateways[provider](workload, prices));
}

const one = quantity(1n);

/** HTTP APIs of API Gateway, Google's API Gateway, the Consumption tier of API Management. */
const gateways: Readonly<
  Record<ProviderId, (workload: Workload, prices: RegionPrices) => readonly Metered[]>
> = {
  aws: ({ responseKiB }, prices) =>
    meterAwsApiGatewayHttp({ requests: 1, requestKiB: 0, responseKiB }, prices),
  google: (_workload, prices) => [
    { quantity: one, price: prices.price('google-api-gateway', 'calls', 'global') },
  ],
  azure: (_workload, prices) => [
    { quantity: one, price: prices.price('azure-api-management', 'calls') },
  ],
};
