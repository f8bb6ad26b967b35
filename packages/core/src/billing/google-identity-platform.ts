import { count, fields } from '../input-fields.ts';
import { openPriceList } from '../pricing/price-list.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/lists/google-identity-platform.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

/** A month of users who sign in by mail, by telephone or with a social account. */
const GoogleIdentityPlatformUsageSchema = fields({ monthlyActiveUsers: count() });

const list = openPriceList(data);

/** Identity Platform, and Firebase Authentication that runs on it. */
export const googleIdentityPlatform: BilledService = {
  id: 'google-identity-platform',
  list,
  plans: {
    'pay-as-you-go': planOf(GoogleIdentityPlatformUsageSchema, (usage, region) => [
      { quantity: exactly(usage.monthlyActiveUsers), price: list.price(region, 'mau') },
    ]),
  },
};
