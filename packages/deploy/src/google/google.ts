import { defaultFunctions, defaultRegions } from '@tricloud/core';
import type { Cloud } from '../cloud.ts';
import { CredentialsError } from '../errors.ts';
import { checks } from './checks.ts';
import { deploy } from './deploy.ts';
import { allDifferences } from './all-differences.ts';
import { logs } from './logs.ts';
import { type Pace, realPace } from './pace.ts';
import { plan } from './plan.ts';
import { removals, remove } from './remove.ts';
import { rollback } from './rollback.ts';
import { brokenRules } from './rules.ts';
import { run, runEach } from './run.ts';
import { status } from './status.ts';
import { findCredentials } from './credentials.ts';

/** Google's functions, in a time of one's own. */
export function createGoogle(pace: Pace): Cloud {
  return {
    id: 'google',
    defaults: {
      region: defaultRegions.google,
      vcpu: null,
      maxInstances: null,
      ...defaultFunctions.google,
    },
    brokenRules,
    plan,
    differences: async (target, archive, surroundings) => {
      const credentials = await findCredentials(surroundings.env).catch((error: unknown) => {
        if (error instanceof CredentialsError) return null;
        throw error;
      });
      if (credentials === null) return null;
      return run('status', { target, surroundings, pace }, (session) =>
        allDifferences(session, archive),
      );
    },
    deploy: (target, archive, surroundings) =>
      run('deploy', { target, surroundings, pace }, (session) => deploy(session, archive)),
    status: (target, surroundings) => run('status', { target, surroundings, pace }, status),
    logs: (target, options, surroundings) =>
      runEach('logs', { target, surroundings, pace }, (session) => logs(session, options)),
    rollback: (target, surroundings) => run('rollback', { target, surroundings, pace }, rollback),
    removals: (target, surroundings) => run('remove', { target, surroundings, pace }, removals),
    remove: (target, surroundings) => run('remove', { target, surroundings, pace }, remove),
    checks: (target, surroundings) => checks(target, surroundings, pace),
  };
}

/** Google Cloud Run functions. */
export const google: Cloud = createGoogle(realPace);
