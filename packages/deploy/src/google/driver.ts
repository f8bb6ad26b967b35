import type { Driver } from '../engine/driver.ts';
import { apply } from './apply/apply.ts';
import { credentials } from './credentials/credentials.ts';
import type { GoogleSession } from './credentials/session.ts';
import { readFailure } from './errors/errors.ts';
import { logs } from './logs.ts';
import { publish } from './publish/publish.ts';
import { rules } from './rules.ts';
import { type Deployed, state } from './state/state.ts';
import { template } from './template/template.ts';

/** Cloud Run functions, by Google's REST APIs. */
export const googleDriver: Driver<GoogleSession, Deployed> = {
  id: 'google',
  template,
  credentials,
  state,
  apply,
  publish,
  logs,
  rules,
  errors: { readFailure },
};
