import { regionSources, regionsOf } from '@tricloud/core/catalog';

/** Source of the names of regions, and the day on which they were read. */
export const { url: regionsSource, date: regionsDate } = regionSources.azure;

/**
 * Regions that are announced, or that Resource Manager names and the page does not: Azure says whether they are open.
 * https://github.com/hashicorp/terraform-provider-azurerm/blob/main/internal/services/cosmos/cosmosdb_fleetspace_resource_test.go
 */
const announced =
  `centraluseuap eastus2euap eastus3 eastusslv finlandcentral greececentral indiasouthcentral
   israelnorthwest malaysiasouth northeastus5 saudiarabiaeast southcentralus2 southeastasia3 southeastus southeastus3
   southeastus5 southwestus taiwannorth taiwannorthwest westcentralusfre`.split(/\s+/);

/** Regions of the public cloud. `doctor` and `deploy` ask whether they have Flex Consumption. */
export const regions: ReadonlySet<string> = new Set([...regionsOf('azure'), ...announced]);

/** True for regions of the government's and China's clouds, which have endpoints of their own. */
export function isSovereign(name: string): boolean {
  return /^(?:usgov|usdod|china)[a-z]+\d?$/.test(name);
}

/** A region as Azure spells it, such as `eastus` for `East US`; null where there is none of that name. */
export function spelledRight(name: string): string | null {
  const spelled = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return regions.has(spelled) ? spelled : null;
}
