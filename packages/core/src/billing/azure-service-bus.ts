import * as v from 'valibot';
import { amount, count, fields } from '../input-fields.ts';
import { openPriceList } from '../pricing/price-list.ts';
import { exactly, product, quantity, ratio } from '../pricing/quantity.ts';
import data from '../pricing/lists/azure-service-bus.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

const BasicSchema = fields({ operations: count() });

/** The base charge includes the first 13 million operations. */
const StandardSchema = fields({ operations: v.optional(count(), 0), hours: amount() });

/** Operations cost nothing more. */
const PremiumSchema = fields({ messagingUnits: amount(), hours: amount() });

const azureServiceBusPrices = openPriceList(data);

/** A month as Azure reckons it. */
const hoursOfMonth = quantity(730n);

/** Queues and topics of Service Bus. */
export const azureServiceBus: BilledService = {
  id: 'azure-service-bus',
  list: azureServiceBusPrices,
  plans: {
    basic: planOf(BasicSchema, ({ operations }, region) => [
      {
        quantity: exactly(operations),
        price: azureServiceBusPrices.price(region, 'basic-operations'),
      },
    ]),
    standard: planOf(StandardSchema, ({ operations, hours }, region) => [
      {
        quantity: ratio(exactly(hours), hoursOfMonth),
        price: azureServiceBusPrices.price(region, 'standard-base'),
      },
      {
        quantity: exactly(operations),
        price: azureServiceBusPrices.price(region, 'standard-operations'),
      },
    ]),
    premium: planOf(PremiumSchema, ({ messagingUnits, hours }, region) => [
      {
        quantity: product(exactly(messagingUnits), exactly(hours)),
        price: azureServiceBusPrices.price(region, 'premium-units'),
      },
    ]),
  },
};
