import { defaultFunctions, defaultRegions } from '@tricloud/core/catalog';
import type { Cloud } from '../engine/cloud.ts';
import { CredentialsError } from '../engine/errors.ts';
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
    differences: async (target, archive, context) => {
      const credentials = await findCredentials(context.env).catch((error: unknown) => {
        if (error instanceof CredentialsError) return null;
        throw error;
      });
      if (credentials === null) return null;
      return run('status', { target, context, pace }, (session) =>
        allDifferences(session, archive),
      );
    },
    deploy: (target, archive, context) =>
      run('deploy', { target, context, pace }, (session) => deploy(session, archive)),
    status: (target, context) => run('status', { target, context, pace }, status),
    logs: (target, options, context) =>
      runEach('logs', { target, context, pace }, (session) => logs(session, options)),
    rollback: (target, context) => run('rollback', { target, context, pace }, rollback),
    removals: (target, context) => run('remove', { target, context, pace }, removals),
    remove: (target, context) => run('remove', { target, context, pace }, remove),
    findRegion: () => Promise.resolve(null),
    signRequest: (_target, request) => Promise.resolve(request),
    doctor: (target, context) => checks(target, context, pace),
  };
}

/** Google Cloud Run functions. */
export const google: Cloud = createGoogle(realPace);
