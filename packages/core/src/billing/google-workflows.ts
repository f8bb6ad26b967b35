import * as v from 'valibot';
import { count, fields } from '../input-fields.ts';
import { openPriceList } from '../pricing/price-list.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/lists/google-workflows.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

/** A month of steps. */
const GoogleWorkflowsUsageSchema = fields({
  /** Steps that stay within Google Cloud. */
  internalSteps: count(),
  /** Steps that call elsewhere over HTTP or wait for a callback. */
  externalSteps: v.optional(count(), 0),
});

const list = openPriceList(data);

/** Workflows; its prices are recalled, no copy of the page was found. */
export const googleWorkflows: BilledService = {
  id: 'google-workflows',
  list,
  plans: {
    'pay-per-step': planOf(GoogleWorkflowsUsageSchema, (usage, region) => [
      { quantity: exactly(usage.internalSteps), price: list.price(region, 'internal-steps') },
      { quantity: exactly(usage.externalSteps), price: list.price(region, 'external-steps') },
    ]),
  },
};
