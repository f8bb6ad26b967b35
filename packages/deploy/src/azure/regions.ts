import { regionSources, regionsOf } from '@tricloud/core/catalog';

/** Where the names of regions come from, and when they were read. */
export const { url: regionsSource, date: regionsDate } = regionSources.azure;

/**
 * Regions that are announced, or that Resource Manager names and the page does not: Azure says whether they are open.
 * https://github.com/hashicorp/terraform-provider-azurerm/blob/main/internal/services/cosmos/cosmosdb_fleetspace_resource_test.go
 */
const announced =
  `centraluseuap eastus2euap eastus3 eastusslv finlandcentral greececentral indiasouthcentral
   israelnorthwest malaysiasouth northeastus5 saudiarabiaeast southcentralus2 southeastasia3 southeastus southeastus3
   southeastus5 southwestus taiwannorth taiwannorthwest westcentralusfre`.split(/\s+/);

/** Regions of the public cloud, whether or not Flex Consumption is there: `doctor` and `deploy` ask. */
export const regions: ReadonlySet<string> = new Set([...regionsOf('azure'), ...announced]);

// The government's and China's clouds have regions of their own, with their own endpoints.
const elsewhere = /^(?:usgov|usdod|china)[a-z]+\d?$/;

/** Whether a region has Azure's own spelling and is one. */
export function isRegion(name: string): boolean {
  return regions.has(name) || elsewhere.test(name);
}

/** `East US` and `east-us` as Azure writes them; null where no region has that name. */
export function spelledRight(name: string): string | null {
  const spelled = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return isRegion(spelled) ? spelled : null;
}
