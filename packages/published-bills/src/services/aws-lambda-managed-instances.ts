import { amount, count, fields } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

const service = 'aws-lambda-managed-instances';
const region = 'us-east-1';

/** Bills of Lambda Managed Instances. Where a bill states the price of an instance, both lines of it follow that. */
export const awsLambdaManagedInstances = mappingOf(
  fields({
    requests: v.optional(count(), 0),
    instance: v.optional(v.string('the name of an instance type'), 'm7g.xlarge'),
    instance_hours: amount(),
    on_demand_hourly: v.optional(amount()),
    savings_plan_hourly: v.optional(v.nullable(amount())),
    management_fee: v.optional(amount(), 0.15),
  }),
  (given) => {
    const { requests, instance, instance_hours, on_demand_hourly, management_fee } = given;
    const savings = given.savings_plan_hourly ?? undefined;
    const fee = ['management-fee'];
    if (on_demand_hourly === undefined) {
      return {
        items: [{ service, region, usage: { requests, instance, instanceHours: instance_hours } }],
        free: [],
        prices: { [instance]: savings, 'management-fee': management_fee },
        lines: {
          requests: ['requests'],
          ec2: [instance],
          instances: [instance],
          management_fee: fee,
        },
      };
    }
    const onDemandUsd = Number((instance_hours * on_demand_hourly).toPrecision(15));
    return {
      items: [{ service, region, usage: { requests, instanceHours: 0 } }],
      free: [],
      stated: [
        { line: 'ec2', quantity: instance_hours, usd: savings ?? on_demand_hourly },
        { line: 'management_fee', quantity: onDemandUsd, usd: management_fee },
      ],
      lines: { requests: ['requests'] },
    };
  },
);
