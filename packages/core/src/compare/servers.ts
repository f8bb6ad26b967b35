import { meterAwsEc2 } from '../billing/aws-ec2.ts';
import { meterAzureVm } from '../billing/azure-vm.ts';
import { meterGoogleGce } from '../billing/google-gce.ts';
import type { Metered } from '../billing/metered.ts';
import { text } from '../catalog/bilingual.ts';
import type { ProviderId } from '../catalog/providers.ts';
import { servers, type Server } from '../catalog/servers.ts';
import type { PriceLists, RegionPrices } from '../pricing/price-lists.ts';
import { quantity } from '../pricing/quantity.ts';
import type { Candidate, Unavailable } from './candidate.ts';
import type { Charge } from './cost.ts';
import { monthHours, requestsDriver } from './drivers.ts';
import { allExtras, egressExtras, extras, none, type Extras } from './extras.ts';
import { loadBalancerOf } from './load-balancer.ts';
import { orNoPrice } from './no-price.ts';
import { serverCapacity } from './server-capacity.ts';
import { serverCount, type Credits } from './server-count.ts';
import type { Workload } from './workload.ts';

/** Every server size, on demand and where asked for with a one-year commitment, in the order of the catalogue. */
export function serverCandidates(
  workload: Workload,
  lists: PriceLists,
): readonly (Candidate | Unavailable)[] {
  const { commitment, region } = workload;
  const regions = { aws: lists.in(region.aws), google: lists.in(region.google), azure: lists.in(region.azure) };
  return servers.flatMap((server) => {
    const prices = regions[server.provider];
    const onDemand = serverCandidate({ server, commitment: null }, workload, prices);
    if (commitment === 'none') return [onDemand];
    const committed = serverCandidate({ server, commitment }, workload, prices);
    // A size without a price for the commitment is not told: it is there on demand.
    return 'reason' in committed ? [onDemand] : [onDemand, committed];
  });
}

interface Offered {
  readonly server: Server;
  readonly commitment: Candidate['commitment'];
}

const services = { aws: 'aws-ec2', google: 'google-gce', azure: 'azure-vm' } as const;

function serverCandidate(
  { server, commitment }: Offered,
  workload: Workload,
  prices: RegionPrices,
): Candidate | Unavailable {
  const { provider, size, vcpu, memoryMiB, architecture } = server;
  const { concurrencyPerInstance: concurrency, freeTier } = workload;
  const id = `${services[provider]}-${size}${commitment === null ? '' : `-${commitment}`}`;
  const capacity = serverCapacity(server, workload);
  if ('reason' in capacity) return { id, provider, reason: capacity.reason };
  const found = orNoPrice(provider, prices.region, () => ({
    hours: meterHours({ server, commitment }, prices),
    credits: creditsOf(server, prices),
  }));
  if ('reason' in found) return { id, provider, reason: found.reason };

  const hangsOn = diskAndAddress(provider, workload, prices);
  const loadBalancer = loadBalancerOf(provider, workload, prices);
  const metered = [...found.hours, ...hangsOn.metered];
  const month = { capacity, metered, credits: found.credits, loadBalancer: loadBalancer.month };
  const { count, surplus } = serverCount(month, workload);
  const egress = egressExtras(provider, workload, prices);
  const behind = loadBalancer.before(count);
  return {
    id,
    provider,
    service: services[provider],
    configuration: { memoryMiB, vcpu, architecture, concurrency },
    cost: {
      charges: [{ metered, driver: count }, ...surplus, ...egress.charges, ...behind.charges],
      freeTier,
    },
    instances: { count, capacity },
    isDeployTarget: false,
    legacy: null,
    commitment,
    missing: ...
  };
}
