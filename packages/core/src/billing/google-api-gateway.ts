import { count, fields } from '../input-fields.ts';
import { exactly } from '../pricing/quantity.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of calls through the gateway; what they send to the internet is network egress. */
const GoogleApiGatewayUsageSchema = fields({ calls: count() });

/** Google's API Gateway. */
export const googleApiGateway: BilledService = {
  id: 'google-api-gateway',
  plans: {
    'pay-per-call': planOf(GoogleApiGatewayUsageSchema, (usage, prices) => [
      { quantity: exactly(usage.calls), price: prices.price('google-api-gateway', 'calls') },
    ]),
  },
};
