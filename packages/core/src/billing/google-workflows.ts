import * as v from 'valibot';
import { count, fields } from '../input-fields.ts';
import { exactly } from '../pricing/quantity.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of steps. */
const GoogleWorkflowsUsageSchema = fields({
  /** Steps that stay within Google Cloud. */
  internalSteps: count(),
  /** Steps that call elsewhere over HTTP or wait for a callback. */
  externalSteps: v.optional(count(), 0),
});

/** Workflows; several programs in public print these prices, no copy of the page was found. */
export const googleWorkflows: BilledService = {
  id: 'google-workflows',
  plans: {
    'pay-per-step': planOf(GoogleWorkflowsUsageSchema, (usage, prices) => [
      {
        quantity: exactly(usage.internalSteps),
        price: prices.price('google-workflows', 'internal-steps'),
      },
      {
        quantity: exactly(usage.externalSteps),
        price: prices.price('google-workflows', 'external-steps'),
      },
    ]),
  },
};
