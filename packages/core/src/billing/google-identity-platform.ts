import { count, fields } from '../input-fields.ts';
import { meterAll } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of users who sign in by mail, by telephone or with a social account. */
const GoogleIdentityPlatformUsageSchema = fields({ monthlyActiveUsers: count() });

/** Identity Platform, and Firebase Authentication that runs on it. */
export const googleIdentityPlatform: BilledService = {
  id: 'google-identity-platform',
  plans: {
    'pay-as-you-go': planOf(GoogleIdentityPlatformUsageSchema, (usage, prices) =>
      meterAll(prices, 'google-identity-platform', { mau: usage.monthlyActiveUsers }),
    ),
  },
};
