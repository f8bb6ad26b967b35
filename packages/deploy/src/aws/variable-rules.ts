import type { BrokenRule, Target } from '../engine/target.ts';

const variables = 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html';
const references =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html';

/** Names that Lambda sets itself and lets nobody else set: "Defined runtime environment variables" of the page above. */
const reserved = new Set(
  `_HANDLER _X_AMZN_TRACE_ID AWS_DEFAULT_REGION AWS_REGION AWS_EXECUTION_ENV AWS_LAMBDA_FUNCTION_NAME
   AWS_LAMBDA_FUNCTION_MEMORY_SIZE AWS_LAMBDA_FUNCTION_VERSION AWS_LAMBDA_INITIALIZATION_TYPE
   AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME AWS_ACCESS_KEY AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
   AWS_SESSION_TOKEN AWS_LAMBDA_RUNTIME_API LAMBDA_TASK_ROOT LAMBDA_RUNTIME_DIR`.split(/\s+/),
);

/** Name or ARN, and after it perhaps the kind of value, a key of its JSON, a stage and a version. */
const reference =
  /^\{\{resolve:secretsmanager:(?:arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:)?[\w/+=.@-]+(?::SecretString(?::[^:{}]*){0,3})?\}\}$/;

/** Every rule for the function's variables that a target breaks; what stands in a secret's place is not repeated. */
export function brokenVariableRules(target: Target): readonly BrokenRule[] {
  const { environment, secrets } = target;
  const named = [
    ...Object.keys(environment).map((name) => ({ name, path: `environment.${name}` })),
    ...Object.keys(secrets).map((name) => ({ name, path: `secrets.${name}` })),
  ];
  return [
    ...named.flatMap(({ name, path }) => brokenNames(name, path)),
    ...Object.entries(environment).flatMap(([name, value]) => brokenValues(name, value)),
    ...Object.keys(secrets)
      .filter((name) => Object.hasOwn(environment, name))
      .map((name) => ({
        path: `secrets.${name}`,
        value: name,
        rule: 'a variable has one value: it stands among the environment too',
        source: variables,
      })),
    ...Object.entries(secrets)
      .filter(([, value]) => !reference.test(value))
      .map(([name]) => ({
        path: `secrets.${name}`,
        value: '(not shown)',
        rule: 'a reference to a secret in Secrets Manager: {{resolve:secretsmanager:NAME-OR-ARN:SecretString:KEY}}',
        source: references,
      })),
    ...brokenSize({ ...environment, ...secrets }),
  ];
}

function brokenNames(name: string, path: string): readonly BrokenRule[] {
  if (reserved.has(name)) {
    return [{ path, value: name, rule: 'Lambda sets this variable itself', source: variables }];
  }
  if (/^[a-zA-Z][a-zA-Z0-9_]+$/.test(name)) return [];
  const rule =
    'a variable’s name begins with a letter and has two characters or more: letters, digits, _';
  return [{ path, value: name, rule, source: variables }];
}

function brokenValues(name: string, value: string): readonly BrokenRule[] {
  if (!value.includes('{{resolve:')) return [];
  const rule =
    'CloudFormation would put something else in place of {{resolve:…}}: a secret is given as a secret';
  return [{ path: `environment.${name}`, value: '(not shown)', rule, source: references }];
}

function brokenSize(all: Readonly<Record<string, string>>): readonly BrokenRule[] {
  const size = Buffer.byteLength(JSON.stringify(all));
  if (size <= 4096) return [];
  const rule = 'all variables together take 4 KB at most, as JSON';
  const source = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';
  return [{ path: 'environment', value: `${size} bytes`, rule, source }];
}
