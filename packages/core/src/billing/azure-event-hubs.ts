import * as v from 'valibot';
import { amount, count, fields, flag } from '../input-fields.ts';
import { exactly, product } from '../pricing/quantity.ts';
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
    basic: planOf(BasicSchema, ({ events, throughputUnits, hours }, prices) => [
      { quantity: exactly(events), price: prices.price('azure-event-hubs', 'basic-events') },
      {
        quantity: product(exactly(throughputUnits), exactly(hours)),
        price: prices.price('azure-event-hubs', 'basic-units'),
      },
    ]),
    standard: planOf(StandardSchema, ({ events, throughputUnits, hours, capture }, prices) => {
      const unitHours = product(exactly(throughputUnits), exactly(hours));
      return [
        { quantity: exactly(events), price: prices.price('azure-event-hubs', 'standard-events') },
        { quantity: unitHours, price: prices.price('azure-event-hubs', 'standard-units') },
        ...(capture
          ? [{ quantity: unitHours, price: prices.price('azure-event-hubs', 'capture') }]
          : []),
      ];
    }),
    premium: planOf(PremiumSchema, ({ processingUnits, hours }, prices) => [
      {
        quantity: product(exactly(processingUnits), exactly(hours)),
        price: prices.price('azure-event-hubs', 'premium-units'),
      },
    ]),
  },
};
