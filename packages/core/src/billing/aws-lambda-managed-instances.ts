import * as v from 'valibot';
import { amount, count, fields, oneOf } from '../input-fields.ts';
import type { RegionPrices } from '../pricing/price-lists.ts';
import { product, quantity } from '../pricing/quantity.ts';
import { meterAwsEc2 } from './aws-ec2.ts';
import { meterAwsEgress } from './aws-data-transfer.ts';
import { meterAll, type Metered } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of functions on instances of EC2 that Lambda looks after. */
const AwsLambdaManagedInstancesUsageSchema = fields({
  requests: count(),
  /** The one size that Lambda's page prices; a savings plan is not reckoned with. */
  instance: v.optional(oneOf(['m7g.xlarge']), 'm7g.xlarge'),
  /** Of all instances together. */
  instanceHours: amount(),
  egressGb: v.optional(amount(), 0),
});

const picodollars = 10n ** 12n;

/**
 * Requests, the instances, and 15% of what they cost on demand; duration costs nothing. The page's example takes
 * no free requests off: https://aws.amazon.com/lambda/pricing/, 2026.
 */
function meterAwsLambdaManagedInstances(
  usage: v.InferOutput<typeof AwsLambdaManagedInstancesUsageSchema>,
  prices: RegionPrices,
): readonly Metered[] {
  const { requests, instance, instanceHours, egressGb } = usage;
  const instances = meterAwsEc2({ size: instance, hours: instanceHours }, prices);
  return [
    ...meterAll(prices, 'aws-lambda-managed-instances', { requests }),
    ...instances,
    ...instances.map((each) => ({
      quantity: product(each.quantity, quantity(each.price.tiers[0]?.unitPrice ?? 0n, picodollars)),
      price: prices.price('aws-lambda-managed-instances', 'management-fee'),
    })),
    ...meterAwsEgress(egressGb, prices),
  ];
}

/** Functions on Lambda Managed Instances. */
export const awsLambdaManagedInstances: BilledService = {
  id: 'aws-lambda-managed-instances',
  plans: {
    'on-demand': planOf(AwsLambdaManagedInstancesUsageSchema, meterAwsLambdaManagedInstances),
  },
};
