import type { Driver } from '../../engine/driver.ts';
import { MissingCredentialsError } from '../../engine/errors.ts';
import { hasNoCredentials, noCredentials } from '../errors/errors.ts';
import type { Stack } from '../state/read-stack.ts';
import { checks } from './checks.ts';
import { findRegion } from './environment.ts';
import { type AwsSession, openSession, profileFailure } from './session.ts';

export const credentials: Driver<AwsSession, Stack>['credentials'] = {
  findRegion,
  async open(run) {
    const session = await openSession(run);
    try {
      await session.credentials();
      return session;
    } catch (error) {
      if (!hasNoCredentials(error)) throw error;
      const failure = await profileFailure(run);
      if (failure !== null) throw failure;
      const { message, fix } = noCredentials(run.env);
      throw new MissingCredentialsError('aws', message, { hint: fix, cause: error });
    }
  },
  checks,
  async signRequest(session, request) {
    if (session.target.auth === 'none') return request;
    const { signRequest } = await import('./sign-request.ts');
    return signRequest(session, request);
  },
};
