import { count, fields } from '../input-fields.ts';
import { openPriceList } from '../pricing/price-list.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/lists/google-api-gateway.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

/** A month of calls through the gateway; what they send to the internet is network egress. */
const GoogleApiGatewayUsageSchema = fields({ calls: count() });

export const googleApiGatewayPrices = openPriceList(data);

/** Google's API Gateway. */
export const googleApiGateway: BilledService = {
  id: 'google-api-gateway',
  list: googleApiGatewayPrices,
  plans: {
    'pay-per-call': planOf(GoogleApiGatewayUsageSchema, (usage, region) => [
      { quantity: exactly(usage.calls), price: googleApiGatewayPrices.price(region, 'calls') },
    ]),
  },
};
