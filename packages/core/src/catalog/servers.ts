import data from './servers.json' with { type: 'json' };
import type { Source } from './source.ts';

/** A size of virtual machine with a price on the list of its provider. */
export interface ServerSize {
  readonly provider: 'aws' | 'google' | 'azure';
  /** As the provider and the price list write it, such as `t3.small`. */
  readonly size: string;
  readonly vcpu: number;
  readonly memoryMiB: number;
  readonly architecture: 'x86_64' | 'arm64';
  /** Share of each vCPU that it can keep busy without end; 1 for a size that does not burst. */
  readonly sustainedShare: number;
  /** Above the sustained share: `unlimited` bills surplus credits, `throttled` slows down; `null` where there is nothing above. */
  readonly aboveSustained: 'unlimited' | 'throttled' | null;
  /** Id of the price of a vCPU-hour above the sustained share, where that is billed. */
  readonly surplusPrice: string | null;
  /**
   * Day on which the provider retires it, ISO 8601; `null` where none is announced.
   * https://learn.microsoft.com/azure/virtual-machines/sizes/retirement/retired-sizes-list, read 2026-11-30.
   */
  readonly endsOn: string | null;
  readonly source: Source;
}

/** Every size that has a price somewhere, family by family. */
export const serverSizes: readonly ServerSize[] = data.flatMap(
  ({ provider, architecture, source, aboveSustained, surplusPrice = null, endsOn = null, sizes }) =>
    Object.entries(sizes).map(([size, [vcpu = 0, memoryMiB = 0, sustainedShare = 1]]) => ({
      provider: oneOf(['aws', 'google', 'azure'], provider),
      size,
      vcpu,
      memoryMiB,
      architecture: oneOf(['x86_64', 'arm64'], architecture),
      sustainedShare,
      aboveSustained:
        aboveSustained === undefined ? null : oneOf(['unlimited', 'throttled'], aboveSustained),
      surplusPrice,
      endsOn,
      source,
    })),
);

/** The names of the sizes of a provider. */
export function sizesOf(provider: ServerSize['provider']): readonly string[] {
  return serverSizes.filter((each) => each.provider === provider).map(({ size }) => size);
}

function oneOf<const T extends string>(known: readonly T[], value: string): T {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new Error(`servers.json has ${value}`);
  return found;
}
