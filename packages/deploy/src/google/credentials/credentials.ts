import type { FoundRegion } from '../../engine/cloud.ts';
import type { Env } from '../../engine/deploy-context.ts';
import type { Driver } from '../../engine/driver.ts';
import type { Deployed } from '../state/state.ts';
import { checks } from './checks.ts';
import { findProperty } from './gcloud-configuration.ts';
import { type GoogleSession, openSession } from './session.ts';
import { signRequest } from './sign-request.ts';

/** Who deploys, where, and whether everything that a deployment needs is there. */
export const credentials: Driver<GoogleSession, Deployed>['credentials'] = {
  findRegion,
  open: (run) => openSession(run),
  checks,
  signRequest,
};

async function findRegion(env: Env): Promise<FoundRegion | null> {
  const found = await findProperty(env, 'functions/region', 'run/region', 'compute/region');
  return found && { region: found.value, source: found.source };
}
