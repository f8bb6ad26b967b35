import {
  amount,
  azureVmDisks as disks,
  azureVmSizes as sizes,
  fields,
  oneOf,
} from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

/** The size as Azure spells it, with or without the word Standard. */
function sizeOf(size: string): string | undefined {
  const name = size.toLowerCase().replace(/^standard_/, '');
  return sizes.find((each) => each.toLowerCase() === name);
}

function diskOf(disk: string): string | undefined {
  const [, name] = /^(\w+?)(?:[ _-]LRS)?$/i.exec(disk) ?? [];
  return disks.find((each) => each.toLowerCase() === name?.toLowerCase());
}

/** Bills of virtual machines. */
export const azureVm = mappingOf(
  fields({
    region: v.optional(v.string('the name of a region'), 'eastus'),
    size: v.pipe(
      v.string(`one of ${sizes.join(', ')}`),
      v.check((size) => sizeOf(size) !== undefined, `one of ${sizes.join(', ')}`),
    ),
    os: v.optional(oneOf(['linux']), 'linux'),
    hours: v.optional(amount(), 730),
    disk: v.optional(
      v.nullable(
        v.pipe(
          v.string(`null or one of ${disks.join(', ')}`),
          v.check((disk) => diskOf(disk) !== undefined, `null or one of ${disks.join(', ')}`),
        ),
      ),
    ),
  }),
  ({ region, size, hours, disk }) => ({
    items: [
      {
        service: 'azure-vm',
        region,
        usage: {
          size: sizeOf(size),
          hours,
          ...(typeof disk === 'string' ? { disk: diskOf(disk) } : {}),
        },
      },
    ],
    free: [],
    lines: { instance: sizes, compute: sizes, disk: disks.map((each) => `disk-${each}`) },
  }),
);
