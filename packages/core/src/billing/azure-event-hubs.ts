import * as v from 'valibot';
import { amount, count, fields, flag } from '../input-fields.ts';
import { openPriceList } from '../pricing/price-list.ts';
import { exactly, product } from '../pricing/quantity.ts';
import data from '../pricing/lists/azure-event-hubs.json' with { type: 'json' };
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

const azureEventHubsPrices = openPriceList(data);

/** A namespace of Event Hubs. */
export const azureEventHubs: BilledService = {
  id: 'azure-event-hubs',
  list: azureEventHubsPrices,
  plans: {
    basic: planOf(BasicSchema, ({ events, throughputUnits, hours }, region) => [
      { quantity: exactly(events), price: azureEventHubsPrices.price(region, 'basic-events') },
      {
        quantity: product(exactly(throughputUnits), exactly(hours)),
        price: azureEventHubsPrices.price(region, 'basic-units'),
      },
    ]),
    standard: planOf(StandardSchema, ({ events, throughputUnits, hours, capture }, region) => {
      const unitHours = product(exactly(throughputUnits), exactly(hours));
      return [
        { quantity: exactly(events), price: azureEventHubsPrices.price(region, 'standard-events') },
        { quantity: unitHours, price: azureEventHubsPrices.price(region, 'standard-units') },
        ...(capture
          ? [{ quantity: unitHours, price: azureEventHubsPrices.price(region, 'capture') }]
          : []),
      ];
    }),
    premium: planOf(PremiumSchema, ({ processingUnits, hours }, region) => [
      {
        quantity: product(exactly(processingUnits), exactly(hours)),
        price: azureEventHubsPrices.price(region, 'premium-units'),
      },
    ]),
  },
};
