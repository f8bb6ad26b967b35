import type { Driver } from '../engine/driver.ts';
import { apply } from './apply/apply.ts';
import { credentials } from './credentials/credentials.ts';
import type { AwsSession } from './credentials/session.ts';
import { errors } from './errors/errors.ts';
import { logs } from './logs.ts';
import { publish } from './publish/publish.ts';
import { rules } from './rules/rules.ts';
import type { Stack } from './state/read-stack.ts';
import { state } from './state/state.ts';
import { template } from './template/template.ts';

/** AWS: a Lambda function behind an HTTP API, in one CloudFormation stack. */
export const awsDriver: Driver<AwsSession, Stack> = {
  id: 'aws',
  template,
  credentials,
  state,
  apply,
  publish,
  logs,
  rules,
  errors,
};
