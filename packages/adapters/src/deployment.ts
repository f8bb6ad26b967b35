/** Where an instance runs and how large it is. */
export interface Deployment {
  /** `local` where nobody says. */
  readonly region: string;
  /** `null` where nobody says. */
  readonly memoryMiB: number | null;
}

/**
 * What the provider says of an instance, by the names of its variables, the first that says anything;
 * where it says nothing, what whoever deploys has set: TRICLOUD_REGION and TRICLOUD_MEMORY_MIB.
 */
export function deployment(
  regionNames: readonly string[],
  memoryNames: readonly string[],
): Deployment {
  const regions = [...regionNames, 'TRICLOUD_REGION'].map((name) => process.env[name]);
  const sizes = [...memoryNames, 'TRICLOUD_MEMORY_MIB'].map((name) => Number(process.env[name]));
  return {
    region: regions.find((region) => region !== undefined && region !== '') ?? 'local',
    memoryMiB: sizes.find((size) => Number.isFinite(size) && size > 0) ?? null,
  };
}
