import { priceLists } from '../price-lists.ts';
import { meterAwsApiGatewayHttp } from '../billing/aws-api-gateway-http.ts';
import { azureBandwidthZone } from '../billing/azure-bandwidth.ts';
import type { Metered } from '../billing/metered.ts';
import type { MeterPrice } from '../pricing/price-list.ts';
import { exactly, product, quantity } from '../pricing/quantity.ts';
import type { ProviderId } from './comparison.ts';
import { orNoPrice } from './no-price.ts';
import type { Workload } from './workload.ts';

/** What one request uses besides the function or the machine; or why it has no price in the region. */
type Beside = readonly Metered[] | string;

/** What a request uses besides what serves it, at each provider; metered once for all that serve it there. */
export interface Besides {
  readonly egress: Readonly<Record<ProviderId, Beside>>;
  /** The same at the price of a plan that has its own. */
  readonly egressAt: (price: MeterPrice) => readonly Metered[];
  readonly frontDoor: Readonly<Record<ProviderId, Beside>>;
}

const one = quantity(1n);
const nothing: Besides['egress'] = { aws: [], google: [], azure: [] };

/** What one answer sends to the internet, and the gateway before a function; nothing unless asked for. */
export function besidesOf(workload: Workload): Besides {
  const { region, responseKiB } = workload;
  const isSent = workload.egress && responseKiB > 0;
  const gib = isSent ? product(exactly(responseKiB), quantity(1n, 1_048_576n)) : null;
  const egressAt = (price: MeterPrice): readonly Metered[] =>
    gib === null ? [] : [{ quantity: gib, price }];
  const each = (meter: (provider: ProviderId) => readonly Metered[]): Besides['egress'] => ({
    aws: orNoPrice(region.aws, () => meter('aws')),
    google: orNoPrice(region.google, () => meter('google')),
    azure: orNoPrice(region.azure, () => meter('azure')),
  });
  return {
    egress: isSent
      ? each((provider) => egressAt(egressPrices[provider](region[provider])))
      : nothing,
    egressAt,
    frontDoor: workload.frontDoor ? each((provider) => frontDoors[provider](workload)) : nothing,
  };
}

const egressPrices: Readonly<Record<ProviderId, (region: string) => MeterPrice>> = {
  aws: (region) => priceLists.list('aws-data-transfer').price(region, 'internet'),
  google: (region) => priceLists.list('google-network-egress').price(region, 'worldwide'),
  azure: () => priceLists.list('azure-bandwidth').price(azureBandwidthZone, 'internet'),
};

/** HTTP APIs of API Gateway, Google's API Gateway, the Consumption tier of API Management. */
const frontDoors: Readonly<Record<ProviderId, (workload: Workload) => readonly Metered[]>> = {
  aws: ({ responseKiB, region }) =>
    meterAwsApiGatewayHttp({ requests: 1, requestKiB: 0, responseKiB }, priceLists.in(region.aws)),
  google: () => [
    { quantity: one, price: priceLists.list('google-api-gateway').price('global', 'calls') },
  ],
  azure: ({ region }) => [
    { quantity: one, price: priceLists.list('azure-api-management').price(region.azure, 'calls') },
  ],
};
