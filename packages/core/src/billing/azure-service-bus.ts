import * as v from 'valibot';
import { amount, count, fields } from '../input-fields.ts';
import { openSheet } from '../pricing/price-sheet.ts';
import { exactly, product, quantity, ratio } from '../pricing/quantity.ts';
import data from '../pricing/sheets/azure-service-bus.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

const BasicSchema = fields({ operations: count() });

/** The base charge includes the first 13 million operations. */
const StandardSchema = fields({ operations: v.optional(count(), 0), hours: amount() });

/** Operations cost nothing more. */
const PremiumSchema = fields({ messagingUnits: amount(), hours: amount() });

const azureServiceBusSheet = openSheet(data);

/** A month as Azure reckons it. */
const hoursOfMonth = quantity(730n);

/** Queues and topics of Service Bus. */
export const azureServiceBus: BilledService = {
  id: 'azure-service-bus',
  sheet: azureServiceBusSheet,
  plans: {
    basic: planOf(BasicSchema, ({ operations }, region) => [
      {
        quantity: exactly(operations),
        price: azureServiceBusSheet.price(region, 'basic-operations'),
      },
    ]),
    standard: planOf(StandardSchema, ({ operations, hours }, region) => [
      {
        quantity: ratio(exactly(hours), hoursOfMonth),
        price: azureServiceBusSheet.price(region, 'standard-base'),
      },
      {
        quantity: exactly(operations),
        price: azureServiceBusSheet.price(region, 'standard-operations'),
      },
    ]),
    premium: planOf(PremiumSchema, ({ messagingUnits, hours }, region) => [
      {
        quantity: product(exactly(messagingUnits), exactly(hours)),
        price: azureServiceBusSheet.price(region, 'premium-units'),
      },
    ]),
  },
};
