import * as v from 'valibot';
import { parseJson } from './json.ts';
import type { Session } from './session.ts';

const RegionsSchema = v.object({ value: v.array(v.object({ name: v.string() })) });

/**
 * The regions with Flex Consumption for this subscription, asked as `az functionapp list-flexconsumption-locations`
 * asks; null where Azure does not say.
 */
export async function readFlexRegions({
  send,
  endpoints,
  subscription,
}: Session): Promise<readonly string[] | null> {
  const answer = await send({
    method: 'GET',
    url: `${endpoints.resourceManager}/subscriptions/${subscription}/providers/Microsoft.Web/geoRegions?sku=FlexConsumption&api-version=2024-11-01`,
  });
  const read = v.safeParse(RegionsSchema, parseJson(answer.text));
  if (answer.status !== 200 || !read.success) return null;
  return read.output.value.map(({ name }) => name.toLowerCase().replaceAll(' ', ''));
}

const SkuSchema = v.object({
  skuCode: v.string(),
  maximumInstanceCount: v.nullish(
    v.object({
      lowestMaximumInstanceCount: v.number(),
      highestMaximumInstanceCount: v.number(),
      defaultValue: v.number(),
    }),
  ),
  functionAppConfigProperties: v.nullish(
    v.object({ runtime: v.object({ name: v.string(), version: v.string() }) }),
  ),
});
const StacksSchema = v.object({
  value: v.array(
    v.object({
      properties: v.object({
        majorVersions: v.array(
          v.object({
            minorVersions: v.array(
              v.object({
                stackSettings: v.object({
                  linuxRuntimeSettings: v.nullish(
                    v.object({ Sku: v.nullish(v.array(SkuSchema), []) }),
                  ),
                }),
              }),
            ),
          }),
        ),
      }),
    }),
  ),
});

/** What Flex Consumption offers in a region. */
export interface FlexOffer {
  readonly nodeVersions: readonly string[];
  /** The bounds of the instances at most, and what stands where nobody says; null where Azure names none. */
  readonly lowest: number | null;
  readonly highest: number | null;
  readonly usual: number | null;
}

/** Asks as `az functionapp list-flexconsumption-runtimes` asks; null where Azure does not say. */
export async function readFlexOffer(
  region: string,
  { send, endpoints }: Session,
): Promise<FlexOffer | null> {
  const answer = await send({
    method: 'GET',
    url: `${endpoints.resourceManager}/providers/Microsoft.Web/locations/${region}/functionAppStacks?api-version=2020-10-01&removeHiddenStacks=true&removeDeprecatedStacks=true&stack=node`,
  });
  const read = v.safeParse(StacksSchema, parseJson(answer.text));
  if (answer.status !== 200 || !read.success) return null;
  const skus = read.output.value
    .flatMap(({ properties }) => properties.majorVersions)
    .flatMap(({ minorVersions }) => minorVersions)
    .flatMap(({ stackSettings }) => stackSettings.linuxRuntimeSettings?.Sku ?? [])
    .filter(({ skuCode }) => skuCode === 'FC1');
  if (skus.length === 0) return null;
  const counts = skus[0]?.maximumInstanceCount;
  return {
    nodeVersions: skus.flatMap((each) => each.functionAppConfigProperties?.runtime.version ?? []),
    lowest: counts?.lowestMaximumInstanceCount ?? null,
    highest: counts?.highestMaximumInstanceCount ?? null,
    usual: counts?.defaultValue ?? null,
  };
}
