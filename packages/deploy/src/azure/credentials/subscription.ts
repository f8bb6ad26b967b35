import * as v from 'valibot';
import { CredentialsError } from '../../engine/errors.ts';
import type { Run } from '../../engine/run.ts';
import type { Arm } from './arm.ts';

const ListSchema = v.array(
  v.object({
    subscriptionId: v.string(),
    displayName: v.optional(v.string(), ''),
    state: v.optional(v.string(), ''),
  }),
);

/** API version of subscriptions. */
export const subscriptionsVersion = '2022-12-01';

/**
 * Finds the subscription to deploy to: the target's, AZURE_SUBSCRIPTION_ID, or the only one there is.
 *
 * @throws {CredentialsError} where there is none, or more than one.
 */
export async function findSubscription({ target, env }: Run, arm: Arm): Promise<string> {
  const given = target.account ?? env['AZURE_SUBSCRIPTION_ID']?.trim();
  if (given) return given;
  const all = v.parse(ListSchema, await arm.list('/subscriptions', subscriptionsVersion));
  const enabled = all.filter(({ state }) => state !== 'Disabled');
  const [only, ...others] = enabled;
  if (only === undefined) {
    const message = 'you are signed in to Azure, but have no subscription';
    throw new CredentialsError('azure', message, { hint: 'az login' });
  }
  if (others.length === 0) return only.subscriptionId;
  const choice = enabled.map(
    ({ subscriptionId, displayName }) => `  ${subscriptionId} ${displayName}`,
  );
  throw new CredentialsError('azure', `you have several subscriptions:\n${choice.join('\n')}`, {
    hint: 'pass --subscription ID',
  });
}
