import { amount, fields, oneOf, real } from '@tricloud/core/parts';
import * as v from 'valibot';
import { mappingOf } from '../restated.ts';

/** Bills of Azure Functions on the Premium plan. */
export const azureFunctionsPremium = mappingOf(
  fields({
    region: v.optional(v.string('the name of a region'), 'eastus'),
    plan: oneOf(['EP1', 'EP2', 'EP3']),
    instances: v.optional(real(1, 1000), 1),
    hours: v.optional(amount(), 730),
  }),
  ({ region, plan, instances, hours }) => ({
    items: [
      { service: 'azure-functions-premium', region, usage: { size: plan, instances, hours } },
    ],
    free: [],
    lines: { vcpu: ['vcpu'], memory: ['memory'] },
  }),
);
