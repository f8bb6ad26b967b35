/** Where the names of regions come from, and when they were read. */
export const regionsSource = 'https://learn.microsoft.com/azure/reliability/regions-list';
export const regionsDate = '2026-11-22';

/**
 * The regions of Azure's public cloud, whether or not Flex Consumption is there: `doctor` and `deploy` ask. The last
 * three lines are of those that are announced, or that Resource Manager names and the page does not
 * (https://github.com/hashicorp/terraform-provider-azurerm/blob/main/internal/services/cosmos/cosmosdb_fleetspace_resource_test.go):
 * whether they are open Azure says.
 */
export const regions: ReadonlySet<string> = new Set(
  `australiacentral australiacentral2 australiaeast australiasoutheast austriaeast belgiumcentral brazilsouth
   brazilsoutheast canadacentral canadaeast centralindia centralus chilecentral denmarkeast eastasia eastus eastus2
   francecentral francesouth germanynorth germanywestcentral indonesiacentral israelcentral italynorth japaneast
   japanwest jioindiacentral jioindiawest koreacentral koreasouth malaysiawest mexicocentral newzealandnorth
   northcentralus northeurope norwayeast norwaywest polandcentral qatarcentral southafricanorth southafricawest
   southcentralus southeastasia southindia spaincentral swedencentral swedensouth switzerlandnorth switzerlandwest
   uaecentral uaenorth uksouth ukwest westcentralus westeurope westindia westus westus2 westus3
   centraluseuap eastus2euap
   eastus3 eastusslv finlandcentral greececentral indiasouthcentral israelnorthwest malaysiasouth northeastus5
   saudiarabiaeast southcentralus2 southeastasia3 southeastus southeastus3 southeastus5 southwestus taiwannorth
   taiwannorthwest westcentralusfre`.split(/\s+/),
);

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
