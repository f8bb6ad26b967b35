import { amount, fields, oneOf } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

const storage = ['gp2', 'gp3'];

/** Bills of EC2. */
export const awsEc2 = mappingOf(
  fields({
    region: v.optional(v.string('the name of a region'), 'us-east-1'),
    instance: v.string('the name of an instance type'),
    os: v.optional(oneOf(['linux']), 'linux'),
    hours: v.optional(amount(), 730),
    gp2_gb: v.optional(amount(), 0),
    cpu_credit_vcpu_hours: v.optional(amount(), 0),
  }),
  ({ region, instance, hours, gp2_gb, cpu_credit_vcpu_hours }) => ({
    items: [
      {
        service: 'aws-ec2',
        region,
        usage: {
          size: instance,
          hours,
          gp2GbMonths: gp2_gb,
          cpuCreditVcpuHours: cpu_credit_vcpu_hours,
        },
      },
    ],
    free: [],
    lines: {
      instance: [instance],
      cpu_credits: ['cpu-credits'],
      storage,
      disk: storage,
    },
  }),
);
