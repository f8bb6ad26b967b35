import { count, fields } from '../input-fields.ts';
import { meterAll } from './metered.ts';
import { planOf, type BilledService } from './service.ts';

/** A month of the users who signed in, each counted once. */
const AwsCognitoUsageSchema = fields({ monthlyActiveUsers: count() });

function tierOf(id: string) {
  return planOf(AwsCognitoUsageSchema, ({ monthlyActiveUsers }, prices) =>
    meterAll(prices, 'aws-cognito', { [id]: monthlyActiveUsers }),
  );
}

/**
 * User pools of Cognito. `lite-legacy` is for accounts that had user pools before there were feature plans: they keep
 * 50,000 free users. The price of the feature plan Plus was not found.
 */
export const awsCognito: BilledService = {
  id: 'aws-cognito',
  unpriced: 'the price of the feature plan Plus was not found',
  plans: {
    essentials: tierOf('essentials'),
    lite: tierOf('lite'),
    'lite-legacy': tierOf('lite-legacy'),
  },
};
