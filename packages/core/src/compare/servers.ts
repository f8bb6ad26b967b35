import { meterAwsEc2 } from '../billing/aws-ec2.ts';
import { meterAzureVm } from '../billing/azure-vm.ts';
import { meterGoogleGce } from '../billing/google-gce.ts';
import { meterAll, type Metered } from '../billing/metered.ts';
import { text } from '../catalog/bilingual.ts';
import type { ProviderId } from '../catalog/provider-ids.ts';
import { serverSizes, type ServerSize } from '../catalog/servers.ts';
import type { PriceLists, RegionPrices } from '../pricing/price-lists.ts';
import { exactly, product, quantity } from '../pricing/quantity.ts';
import type { Candidate, UnavailableServer } from './candidate.ts';
import type { Driver } from './cost.ts';
import { monthHours, requestsDriver } from './drivers.ts';
import { egressPerRequest, egressPrices, extra, noExtra, type Extra } from './extras.ts';
import { loadBalancer, type LoadBalancer } from './load-balancer.ts';
import { orNoPrice } from './no-price.ts';
import { serverCapacity } from './server-capacity.ts';
import { serverCount, type Credits } from './server-count.ts';
import type { Workload } from './workload.ts';

/** Every server size, on demand and, where requested, with a one-year commitment, in the order of the catalogue. */
export function serverCandidates(
  workload: Workload,
  lists: PriceLists,
): readonly (Candidate | UnavailableServer)[] {
  const { commitment, region } = workload;
  const terms: Readonly<Record<ProviderId, ServerTerms>> = {
    aws: termsOf('aws', workload, lists.in(region.aws)),
    google: termsOf('google', workload, lists.in(region.google)),
    azure: termsOf('azure', workload, lists.in(region.azure)),
  };
  return serverSizes.flatMap((server) => {
    const ofProvider = terms[server.provider];
    const onDemand = serverCandidate({ server, term: null }, workload, ofProvider);
    if (commitment === 'none') return [onDemand];
    const committed = serverCandidate({ server, term: commitment }, workload, ofProvider);
    // A size without a price for the commitment is ranked on demand alone.
    return 'reason' in committed ? [onDemand] : [onDemand, committed];
  });
}

/** What all servers of a provider have in common for a workload. */
interface ServerTerms {
  readonly prices: RegionPrices;
  /** Disk and address of one server. */
  readonly attached: Extra;
  /** Data that one response sends. */
  readonly egress: Extra;
  readonly balancer: LoadBalancer;
}

function termsOf(provider: ProviderId, workload: Workload, prices: RegionPrices): ServerTerms {
  return {
    prices,
    attached: diskAndAddress(provider, workload, prices),
    egress: egressPerRequest(workload, prices, egressPrices[provider]),
    balancer: loadBalancer(provider, workload, prices),
  };
}

/** A server on demand, or committed to for a term. */
interface ServerOnTerm {
  readonly server: ServerSize;
  readonly term: Candidate['commitment'];
}

const services = { aws: 'aws-ec2', google: 'google-gce', azure: 'azure-vm' } as const;

function serverCandidate(
  { server, term }: ServerOnTerm,
  workload: Workload,
  { prices, attached, egress, balancer }: ServerTerms,
): Candidate | UnavailableServer {
  const { provider, size, vcpu, memoryMiB, architecture } = server;
  const id = `${services[provider]}-${size}${term === null ? '' : `-${term}`}`;
  const concurrency = workload.concurrencyPerInstance;
  const configuration = { memoryMiB, vcpu, architecture, concurrency };
  const capacity = serverCapacity(server, workload);
  if ('reason' in capacity) return { id, provider, configuration, reason: capacity.reason };
  const found = orNoPrice(provider, prices.region, () => ({
    hours: meterHours({ server, term }, prices),
    credits: creditsOf(server, prices),
  }));
  if ('reason' in found) return { id, provider, configuration, reason: found.reason };

  const metered = [...found.hours, ...attached.metered];
  const { credits } = found;
  const month = { capacity, metered, loadBalancer: balancer.month.metered, credits };
  const { count, surplus } = serverCount(month, workload);
  // Most workloads need one server, and no load balancer.
  const several = count.approximate(workload.requestsPerMonth) > 1;
  const extras = [attached, egress, ...(several ? [balancer.month, balancer.perRequest] : [])];
  const notes = extras.flatMap(({ missing }) => missing);
  const charges = [
    { metered, driver: count },
    ...surplus,
    { metered: egress.metered, driver: requestsDriver },
    { metered: balancer.month.metered, driver: ifSeveral(count, () => 1) },
    { metered: balancer.perRequest.metered, driver: ifSeveral(count, (requests) => requests) },
  ];
  return {
    id,
    provider,
    service: services[provider],
    configuration,
    cost: {
      charges: charges.filter((charge) => charge.metered.length > 0),
      freeTier: workload.freeTier,
    },
    instances: { count, capacity },
    isDeployTarget: false,
    legacy: server.endsOn === null ? null : { endsOn: server.endsOn, reason: endsReason },
    commitment: term,
    isComplete: notes.length === 0,
    notes,
  };
}

const endsReason = text('Nhà cung cấp sẽ ngừng cỡ máy này', 'The provider will retire this size');

/** A quantity that counts only where there is more than one server. */
function ifSeveral(count: Driver, times: (requests: number) => number): Driver {
  const approximate = (requests: number) => (count.approximate(requests) > 1 ? times(requests) : 0);
  return {
    exact: (requests) => quantity(BigInt(approximate(requests))),
    approximate,
    shape: 'linear',
  };
}

/** Hours of a month of one server. */
function meterHours({ server, term }: ServerOnTerm, prices: RegionPrices): readonly Metered[] {
  const { provider, size } = server;
  const usage = { size, hours: monthHours };
  if (term !== null)
    return meterAll(prices, services[provider], { [`${size}-${term}`]: monthHours });
  if (provider === 'aws') return meterAwsEc2(usage, prices);
  return provider === 'google' ? meterGoogleGce(usage, prices) : meterAzureVm(usage, prices);
}

/** Surplus credits of a server whose provider bills them. */
function creditsOf(
  { vcpu, sustainedShare, aboveSustained, surplusPrice }: ServerSize,
  prices: RegionPrices,
): Credits | null {
  if (aboveSustained !== 'unlimited' || surplusPrice === null) return null;
  return {
    sustainedVcpu: product(exactly(sustainedShare), quantity(BigInt(vcpu))),
    metered: meterAll(prices, 'aws-ec2', { [surplusPrice]: monthHours }),
  };
}

/** 32 GB of SSD for general purposes (on Azure the size next to it) and a public address, by price id. */
const attachments = {
  aws: { gp3: 32n, ipv4: BigInt(monthHours) },
  google: { 'disk-balanced': 32n, 'public-ipv4': BigInt(monthHours) },
  azure: { 'disk-E4': 1n, ipv4: BigInt(monthHours) },
};

/** Disk and address of one server, where the workload asks for them. */
function diskAndAddress(provider: ProviderId, workload: Workload, prices: RegionPrices): Extra {
  if (!workload.diskAndAddress) return noExtra;
  const used = Object.entries(attachments[provider]).map(([id, units]) => [id, quantity(units)]);
  return extra(text('Đĩa và địa chỉ', 'Disk and address'), prices, () =>
    meterAll(prices, services[provider], Object.fromEntries(used)),
  );
}
