import { count, fields } from '../input-fields.ts';
import { openSheet } from '../pricing/price-sheet.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/sheets/google-api-gateway.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

/** A month of calls through the gateway; what they send to the internet is network egress. */
const GoogleApiGatewayUsageSchema = fields({ calls: count() });

export const googleApiGatewaySheet = openSheet(data);

/** Google's API Gateway. */
export const googleApiGateway: BilledService = {
  id: 'google-api-gateway',
  sheet: googleApiGatewaySheet,
  plans: {
    'pay-per-call': planOf(GoogleApiGatewayUsageSchema, (usage, region) => [
      { quantity: exactly(usage.calls), price: googleApiGatewaySheet.price(region, 'calls') },
    ]),
  },
};
