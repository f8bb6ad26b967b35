import type { Driver } from '../engine/driver.ts';
import { apply } from './apply/apply.ts';
import { credentials } from './credentials/credentials.ts';
import type { AzureSession } from './credentials/session.ts';
import { readFailure } from './errors/errors.ts';
import { logs } from './logs.ts';
import { publish } from './publish/publish.ts';
import { rules } from './rules/rules.ts';
import type { Deployed } from './state/site.ts';
import { state } from './state/state.ts';
import { describe } from './template/template.ts';

/** Azure Functions on Flex Consumption. */
export const azureDriver: Driver<AzureSession, Deployed> = {
  id: 'azure',
  template: { describe },
  credentials,
  state,
  apply,
  publish,
  logs,
  rules,
  errors: { readFailure },
};
