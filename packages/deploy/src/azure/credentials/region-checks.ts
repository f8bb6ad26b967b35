import * as v from 'valibot';
import { type Check, check } from '../../engine/check.ts';
import type { Target } from '../../engine/target.ts';
import { statusOf } from '../errors/errors.ts';
import { apiVersions, nodeVersion } from '../template/versions.ts';
import { toParameters } from '../template/parameters.ts';
import type { AzureSession } from './session.ts';

const RegionsSchema = v.array(v.object({ name: v.string() }));
const SkuSchema = v.object({
  skuCode: v.string(),
  maximumInstanceCount: v.nullish(
    v.object({
      lowestMaximumInstanceCount: v.number(),
      highestMaximumInstanceCount: v.number(),
    }),
  ),
  functionAppConfigProperties: v.nullish(v.object({ runtime: v.object({ version: v.string() }) })),
});
const RuntimeSettingsSchema = v.nullish(v.object({ Sku: v.nullish(v.array(SkuSchema), []) }));
const MinorVersionSchema = v.object({
  stackSettings: v.object({ linuxRuntimeSettings: RuntimeSettingsSchema }),
});
const MajorVersionSchema = v.object({ minorVersions: v.array(MinorVersionSchema) });
const StacksSchema = v.array(
  v.object({ properties: v.object({ majorVersions: v.array(MajorVersionSchema) }) }),
);

/** Checks what the region offers. A deployment that it does not take (`bad`) would fail half-way. */
export async function regionChecks(session: AzureSession): Promise<readonly Check[]> {
  const { arm, subscription, target } = session;
  const { region } = target;
  // The requests of `az functionapp list-flexconsumption-locations` and `list-flexconsumption-runtimes`.
  const regionsPath = `/subscriptions/${subscription}/providers/Microsoft.Web/geoRegions?sku=FlexConsumption`;
  const stacksPath = `/providers/Microsoft.Web/locations/${region}/functionAppStacks?removeHiddenStacks=true&removeDeprecatedStacks=true&stack=node`;
  const [regions, stacks] = await Promise.all([
    orUnknown(RegionsSchema, () => arm.list(regionsPath, apiVersions.web)),
    orUnknown(StacksSchema, () => arm.list(stacksPath, '2020-10-01')),
  ]);
  const skus = (stacks ?? [])
    .flatMap(({ properties }) => properties.majorVersions)
    .flatMap(({ minorVersions }) => minorVersions)
    .flatMap(({ stackSettings }) => stackSettings.linuxRuntimeSettings?.Sku ?? [])
    .filter(({ skuCode }) => skuCode === 'FC1');
  const names = regions?.map(({ name }) => name.toLowerCase().replaceAll(' ', ''));
  return [
    regionCheck(region, names),
    ...(skus.length === 0
      ? [check('runtime in the region', 'unknown', `Azure does not say what ${region} offers`)]
      : [runtimeCheck(region, skus), ...instanceChecks(target, skus)]),
    quotaCheck(target),
  ];
}

function regionCheck(region: string, regions: readonly string[] | undefined): Check {
  if (regions === undefined) return check('region', 'unknown', 'Azure does not say where it is');
  if (regions.includes(region)) return check('region', 'good', `${region} has Flex Consumption`);
  const found = `${region} has no Flex Consumption, or not for this subscription`;
  return check('region', 'bad', found, 'az functionapp list-flexconsumption-locations -o table');
}

type Sku = v.InferOutput<typeof SkuSchema>;

function runtimeCheck(region: string, skus: readonly Sku[]): Check {
  const name = 'runtime in the region';
  const versions = skus.flatMap((sku) => sku.functionAppConfigProperties?.runtime.version ?? []);
  if (versions.includes(nodeVersion))
    return check(name, 'good', `Node.js ${nodeVersion} in ${region}`);
  const found = `${region} has Node.js ${versions.join(', ')}, not ${nodeVersion}`;
  const mend = `az functionapp list-flexconsumption-runtimes -l ${region} --runtime node`;
  return check(name, 'bad', found, mend);
}

/** Some regions take no less than 40, https://github.com/Azure/azure-functions-host/issues/10523. */
function instanceChecks(target: Target, [sku]: readonly Sku[]): readonly Check[] {
  const {
    lowestMaximumInstanceCount: lowest = 0,
    highestMaximumInstanceCount: highest = Infinity,
  } = sku?.maximumInstanceCount ?? {};
  const wanted = toParameters(target).maximumInstanceCount;
  const nearest = Math.min(Math.max(wanted, lowest), highest);
  if (wanted === nearest) return [];
  const found = `${target.region} takes ${lowest} to ${highest} instances at most, not ${wanted}`;
  return [check('instances', 'bad', found, `pass --max-instances ${nearest}`)];
}

function quotaCheck(target: Target): Check {
  // https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan#regional-subscription-memory-quotas
  const quotaMB = 512_000;
  const { instanceMemoryMB, maximumInstanceCount } = toParameters(target);
  const wanted = maximumInstanceCount * instanceMemoryMB;
  const found = `up to ${wanted} MB of the ${quotaMB} MB that all apps of a region share, unless support has raised it`;
  if (wanted <= quotaMB) return check('quota', 'good', found);
  const fits = Math.floor(quotaMB / instanceMemoryMB);
  return check('quota', 'warning', found, `pass --max-instances ${fits}`);
}

/** Undefined where Azure refuses to say, or says something else. */
async function orUnknown<S extends v.GenericSchema>(schema: S, ask: () => Promise<unknown>) {
  const answer = await ask().catch((error: unknown) => {
    if (statusOf(error) === null) throw error;
  });
  const read = v.safeParse(schema, answer);
  return read.success ? read.output : undefined;
}
