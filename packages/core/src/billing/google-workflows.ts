import * as v from 'valibot';
import { count, fields } from '../input-fields.ts';
import { openSheet } from '../pricing/price-sheet.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/sheets/google-workflows.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

/** A month of steps. */
const GoogleWorkflowsUsageSchema = fields({
  /** Steps that stay within Google Cloud. */
  internalSteps: count(),
  /** Steps that call elsewhere over HTTP or wait for a callback. */
  externalSteps: v.optional(count(), 0),
});

const sheet = openSheet(data);

/** Workflows; its prices are recalled, no copy of the page was found. */
export const googleWorkflows: BilledService = {
  id: 'google-workflows',
  sheet,
  plans: {
    'pay-per-step': planOf(GoogleWorkflowsUsageSchema, (usage, region) => [
      { quantity: exactly(usage.internalSteps), price: sheet.price(region, 'internal-steps') },
      { quantity: exactly(usage.externalSteps), price: sheet.price(region, 'external-steps') },
    ]),
  },
};
