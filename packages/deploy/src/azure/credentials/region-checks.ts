import * as v from 'valibot';
import { type Check, check } from '../../engine/check.ts';
import type { Target } from '../../engine/target.ts';
import { statusOf } from '../errors/errors.ts';
import { apiVersions, nodeVersion } from '../template/arm-template.ts';
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

/** What the target's region does not take is `bad`: a deployment with it would fail half-way. */
export async function regionChecks(session: AzureSession): Promise<readonly Check[]> {
  const [regions, offer] = await Promise.all([readFlexRegions(session), readFlexOffer(session)]);
  const { target } = session;
  return [regionCheck(target.region, regions), ...offerChecks(target, offer), quotaCheck(target)];
}

function regionCheck(region: string, regions: readonly string[] | null): Check {
  const has = `${region} has`;
  if (regions === null)
    return check('region', 'unknown', `Azure does not say whether ${has} Flex Consumption`);
  if (regions.includes(region)) return check('region', 'good', `${has} Flex Consumption`);
  const found = `${has} no Flex Consumption, or not for this subscription`;
  return check('region', 'bad', found, 'az functionapp list-flexconsumption-locations -o table');
}

function offerChecks(target: Target, offer: FlexOffer | null): readonly Check[] {
  const { region } = target;
  if (offer === null) {
    return [check('instances', 'unknown', `Azure does not say what ${region} offers`)];
  }
  const wanted = toParameters(target).maximumInstanceCount;
  const { lowest, highest, nodeVersions } = offer;
  const runtime = nodeVersions.includes(nodeVersion)
    ? check('runtime in the region', 'good', `Node.js ${nodeVersion} in ${region}`)
    : check(
        'runtime in the region',
        'bad',
        `${region} has Node.js ${nodeVersions.join(', ')}, not ${nodeVersion}`,
        `az functionapp list-flexconsumption-runtimes -l ${region} --runtime node`,
      );
  if (wanted >= lowest && wanted <= highest) return [runtime];
  // https://github.com/Azure/azure-functions-host/issues/10523
  const found = `${region} takes ${lowest} to ${highest} instances at most, not ${wanted}`;
  const nearest = wanted < lowest ? lowest : highest;
  return [runtime, check('instances', 'bad', found, `pass --max-instances ${nearest}`)];
}

function quotaCheck(target: Target): Check {
  // https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan#regional-subscription-memory-quotas
  const quotaMB = 512_000;
  const { instanceMemoryMB, maximumInstanceCount } = toParameters(target);
  const wanted = maximumInstanceCount * instanceMemoryMB;
  const found = `up to ${wanted} MB of the ${quotaMB} MB that all apps of a region share, unless support has raised it`;
  const fits = Math.floor(quotaMB / instanceMemoryMB);
  return wanted <= quotaMB
    ? check('quota', 'good', found)
    : check('quota', 'warning', found, `pass --max-instances ${fits}`);
}

/** Regions with Flex Consumption for this subscription, as `az functionapp list-flexconsumption-locations` asks. */
async function readFlexRegions({ arm, subscription }: AzureSession) {
  const path = `/subscriptions/${subscription}/providers/Microsoft.Web/geoRegions?sku=FlexConsumption`;
  const regions = await orUnknown(RegionsSchema, () => arm.list(path, apiVersions.web));
  return regions?.map(({ name }) => name.toLowerCase().replaceAll(' ', '')) ?? null;
}

type FlexOffer = NonNullable<Awaited<ReturnType<typeof readFlexOffer>>>;

/** What Flex Consumption offers in the region, as `az functionapp list-flexconsumption-runtimes` asks. */
async function readFlexOffer({ arm, target }: AzureSession) {
  const path = `/providers/Microsoft.Web/locations/${target.region}/functionAppStacks?removeHiddenStacks=true&removeDeprecatedStacks=true&stack=node`;
  const stacks = await orUnknown(StacksSchema, () => arm.list(path, '2020-10-01'));
  const skus = (stacks ?? [])
    .flatMap(({ properties }) => properties.majorVersions)
    .flatMap(({ minorVersions }) => minorVersions)
    .flatMap(({ stackSettings }) => stackSettings.linuxRuntimeSettings?.Sku ?? [])
    .filter(({ skuCode }) => skuCode === 'FC1');
  const [first] = skus;
  if (first === undefined) return null;
  const bounds = first.maximumInstanceCount;
  return {
    nodeVersions: skus.flatMap((each) => each.functionAppConfigProperties?.runtime.version ?? []),
    lowest: bounds?.lowestMaximumInstanceCount ?? 0,
    highest: bounds?.highestMaximumInstanceCount ?? Infinity,
  };
}

/** Null where Azure refuses to say, or says something else. */
async function orUnknown<S extends v.GenericSchema>(
  schema: S,
  ask: () => Promise<unknown>,
): Promise<v.InferOutput<S> | null> {
  try {
    const read = v.safeParse(schema, await ask());
    return read.success ? read.output : null;
  } catch (error) {
    if (statusOf(error) === null) throw error;
    return null;
  }
}
