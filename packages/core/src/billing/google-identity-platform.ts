import { count, fields } from '../input-fields.ts';
import { openSheet } from '../pricing/price-sheet.ts';
import { exactly } from '../pricing/quantity.ts';
import data from '../pricing/sheets/google-identity-platform.json' with { type: 'json' };
import { planOf, type BilledService } from './service.ts';

/** A month of users who sign in by mail, by telephone or with a social account. */
const GoogleIdentityPlatformUsageSchema = fields({ monthlyActiveUsers: count() });

const sheet = openSheet(data);

/** Identity Platform, and Firebase Authentication that runs on it. */
export const googleIdentityPlatform: BilledService = {
  id: 'google-identity-platform',
  sheet,
  plans: {
    'pay-as-you-go': planOf(GoogleIdentityPlatformUsageSchema, (usage, region) => [
      { quantity: exactly(usage.monthlyActiveUsers), price: sheet.price(region, 'mau') },
    ]),
  },
};
