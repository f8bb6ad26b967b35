import { meterAwsApiGatewayHttp } from '../billing/aws-api-gateway-http.ts';
import { awsDataTransferSheet } from '../billing/aws-data-transfer.ts';
import { azureApiManagementSheet } from '../billing/azure-api-management.ts';
import { azureBandwidthSheet, azureBandwidthZone } from '../billing/azure-bandwidth.ts';
import { googleApiGatewaySheet } from '../billing/google-api-gateway.ts';
import { googleNetworkEgressSheet } from '../billing/google-network-egress.ts';
import type { Metered } from '../billing/metered.ts';
import type { MeterPrice } from '../pricing/price-sheet.ts';
import { exactly, product, quantity } from '../pricing/quantity.ts';
import type { ProviderId } from './comparison.ts';
import type { Workload } from './workload.ts';

const one = quantity(1n);

/** What one answer sends to the internet, at the provider's price or that of the plan; nothing unless asked for. */
export function meterEgress(
  { egress, responseKiB, region }: Workload,
  provider: ProviderId,
  priceOf: (region: string) => MeterPrice = egressPrices[provider],
): readonly Metered[] {
  if (!egress || responseKiB === 0) return [];
  const gib = product(exactly(responseKiB), quantity(1n, 1_048_576n));
  return [{ quantity: gib, price: priceOf(region[provider]) }];
}

const egressPrices: Readonly<Record<ProviderId, (region: string) => MeterPrice>> = {
  aws: (region) => awsDataTransferSheet.price(region, 'internet'),
  google: (region) => googleNetworkEgressSheet.price(region, 'worldwide'),
  azure: () => azureBandwidthSheet.price(azureBandwidthZone, 'internet'),
};

/** What one request uses of the gateway before a function; nothing unless asked for. */
export function meterFrontDoor(workload: Workload, provider: ProviderId): readonly Metered[] {
  return workload.frontDoor ? frontDoors[provider](workload) : [];
}

/** HTTP APIs of API Gateway, Google's API Gateway, the Consumption tier of API Management. */
const frontDoors: Readonly<Record<ProviderId, (workload: Workload) => readonly Metered[]>> = {
  aws: ({ responseKiB, region }) =>
    meterAwsApiGatewayHttp({ requests: 1, requestKiB: 0, responseKiB }, region.aws),
  google: () => [{ quantity: one, price: googleApiGatewaySheet.price('global', 'calls') }],
  azure: ({ region }) => [
    { quantity: one, price: azureApiManagementSheet.price(region.azure, 'calls') },
  ],
};
