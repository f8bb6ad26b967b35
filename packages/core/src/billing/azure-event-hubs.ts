import * as v from 'valibot';
import { amount, count, fields, flag } from '../input-fields.ts';
import { exactly, product } from '../pricing/quantity.ts';
import { meterAll } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

const BasicSchema = fields({
  events: v.optional(count(), 0),
  throughputUnits: amount(),
  hours: amount(),
});

const StandardSchema = fields({
  events: v.optional(count(), 0),
  throughputUnits: amount(),
  hours: amount(),
  /** Whether what comes in is written to a store as well; paid by throughput unit. */
  capture: v.optional(flag(), false),
});

/** Events, and capturing them, cost nothing more. */
const PremiumSchema = fields({ processingUnits: amount(), hours: amount() });

/** A namespace of Event Hubs. */
export const azureEventHubs: BilledService = {
  id: 'azure-event-hubs',
  plans: {
    basic: planOf(BasicSchema, ({ events, throughputUnits, hours }, prices) =>
      meterAll(prices, 'azure-event-hubs', {
        'basic-events': events,
        'basic-units': product(exactly(throughputUnits), exactly(hours)),
      }),
    ),
    standard: planOf(StandardSchema, ({ events, throughputUnits, hours, capture }, prices) => {
      const units = product(exactly(throughputUnits), exactly(hours));
      return meterAll(prices, 'azure-event-hubs', {
        'standard-events': events,
        'standard-units': units,
        ...(capture ? { capture: units } : {}),
      });
    }),
    premium: planOf(PremiumSchema, ({ processingUnits, hours }, prices) =>
      meterAll(prices, 'azure-event-hubs', {
        'premium-units': product(exactly(processingUnits), exactly(hours)),
      }),
    ),
  },
};
