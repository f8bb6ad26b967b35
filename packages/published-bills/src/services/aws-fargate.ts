import { usageDocumentSchema } from '@tricloud/core';
import { priceLists } from '@tricloud/core/price-lists';
import { above, count, fields, oneOf, real } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

/** Bills of Fargate: tasks that run every day for so many seconds or hours, or for so many hours of the month. */
export const awsFargate = mappingOf(
  v.pipe(
    fields({
      region: v.optional(v.string('the name of a region'), 'us-east-1'),
      os: v.optional(oneOf(['linux', 'windows']), 'linux'),
      arch: v.optional(oneOf(['x86_64', 'arm64']), 'x86_64'),
      tasks: v.optional(count(), 1),
      vcpu: above(0, 32),
      memory_gb: above(0, 244),
      ephemeral_gb: v.optional(real(0, 200), 20),
      seconds_per_day: v.optional(real(0, 86_400)),
      days: v.optional(real(0, 366)),
      hours: v.optional(real(0, 744)),
    }),
    v.forward(
      v.check(
        ({ seconds_per_day, hours }) => (seconds_per_day === undefined) !== (hours === undefined),
        'given where seconds_per_day is not, and left out where it is',
      ),
      ['hours'],
    ),
    v.forward(
      v.check(
        ({ hours = 0, days }) => days === undefined || hours <= 24,
        'the hours of one day, 24 at most, where days is given',
      ),
      ['hours'],
    ),
  ),
  ({ region, os, arch, tasks, vcpu, memory_gb, ephemeral_gb, seconds_per_day, days, hours }) => {
    // Hours with days are hours of each day; hours alone are those of the month.
    const runs = days ?? (hours === undefined ? 30 : 1);
    const durationSeconds = seconds_per_day ?? (hours ?? 0) * 3600;
    const platform = { os, architecture: arch };
    // The first 20 GB are there in any case.
    const ephemeralGiB = Math.max(20, ephemeral_gb);
    const size = { vcpu, memoryGiB: memory_gb, ephemeralGiB };
    const alike = { usage: { tasks: tasks * runs, durationSeconds, ...size, ...platform } };
    const least = os === 'windows' ? 300 : 60;
    const all = (tasks * runs * Math.max(durationSeconds, least)) / 3600;
    const totals = {
      vcpuHours: all * vcpu,
      memoryGibHours: all * memory_gb,
      ephemeralGibHours: all * (ephemeralGiB - 20),
    };
    return {
      items: [
        {
          service: 'aws-fargate',
          region,
          ...(isSize(vcpu, memory_gb) && Number.isInteger(runs)
            ? alike
            : { plan: 'on-demand-totals', usage: { ...totals, ...platform } }),
        },
      ],
      free: [],
      lines: {
        cpu: ['cpu-x86_64', 'cpu-arm64', 'cpu-windows'],
        memory: ['memory-x86_64', 'memory-arm64', 'memory-windows'],
        os: ['os-windows'],
        os_license: ['os-windows'],
        ephemeral_storage: ['ephemeral-storage'],
      },
    };
  },
);

const UsageDocumentSchema = usageDocumentSchema(priceLists);

/** Whether Fargate has such tasks; a bill may be of others, and is then one of vCPU-hours and GB-hours. */
function isSize(vcpu: number, memoryGb: number): boolean {
  const item = { service: 'aws-fargate', region: 'us-east-1' };
  const usage = { tasks: 1, durationSeconds: 60, vcpu, memoryGiB: memoryGb };
  return v.is(UsageDocumentSchema, { items: [{ ...item, usage }] });
}
