import * as v from 'valibot';
import type { DeployContext } from '../engine/cloud.ts';
import { CredentialsError } from '../engine/errors.ts';
import type { Redact } from '../engine/redact.ts';
import type { Target } from '../engine/target.ts';
import type { Endpoints } from './endpoints.ts';
import { readErrorBody } from './failure.ts';
import { parseJson } from './json.ts';
import type { Send } from './session.ts';
import { telling } from './tell.ts';

const ListSchema = v.object({
  value: v.array(
    v.object({
      subscriptionId: v.string(),
      displayName: v.optional(v.string(), ''),
      state: v.optional(v.string(), ''),
    }),
  ),
});

/**
 * The subscription to deploy to: the one asked for, AZURE_SUBSCRIPTION_ID, or the only one there is.
 *
 * @throws {CredentialsError} where it cannot be told.
 */
export async function findSubscription(
  { account }: Pick<Target, 'account'>,
  {
    env,
    endpoints,
    send,
    signal,
    redact,
  }: Pick<DeployContext, 'env' | 'signal'> & {
    readonly endpoints: Endpoints;
    readonly send: Send;
    readonly redact: Redact;
  },
): Promise<string> {
  const asked = account ?? env['AZURE_SUBSCRIPTION_ID']?.trim();
  if (asked !== undefined && asked !== '') return asked;
  const scene = {
    doing: 'list the subscriptions',
    signal,
    redact,
    subscription: '<subscription>',
    leftBehind: () => Promise.resolve([]),
    goOn: 'az login',
    cleanUp: null,
    look: 'az account list -o table',
  };
  const answer = await telling(scene, () =>
    send({
      method: 'GET',
      url: `${endpoints.resourceManager}/subscriptions?api-version=2022-12-01`,
    }),
  );
  const body = parseJson(answer.text);
  const list = v.safeParse(ListSchema, body);
  if (answer.status !== 200 || !list.success) {
    const said = redact(readErrorBody(body)?.message ?? `HTTP ${answer.status}`);
    throw new CredentialsError('azure', `Azure would not list the subscriptions: ${said}`, {
      hint: 'az login',
    });
  }
  const enabled = list.output.value.filter(({ state }) => state !== 'Disabled');
  const [only, ...others] = enabled;
  if (only !== undefined && others.length === 0) return only.subscriptionId;
  const choice = enabled.map(
    ({ subscriptionId, displayName }) => `  ${subscriptionId} ${displayName}`,
  );
  throw new CredentialsError(
    'azure',
    only === undefined
      ? 'whoever is signed in has no subscription'
      : `several subscriptions are there; say which:\n${choice.join('\n')}`,
    { hint: 'export AZURE_SUBSCRIPTION_ID=…, or --subscription ID' },
  );
}
