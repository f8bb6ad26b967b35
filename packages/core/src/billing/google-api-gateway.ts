import { count, fields } from '../input-fields.ts';
import { meterAll } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of calls through the gateway; what they send to the internet is network egress. */
const GoogleApiGatewayUsageSchema = fields({ calls: count() });

/** Google's API Gateway. */
export const googleApiGateway: BilledService = {
  id: 'google-api-gateway',
  plans: {
    'pay-per-call': planOf(GoogleApiGatewayUsageSchema, (usage, prices) =>
      meterAll(prices, 'google-api-gateway', { calls: usage.calls }),
    ),
  },
};
