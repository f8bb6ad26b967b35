import { deploymentIdVariable } from '../../engine/deployment-id.ts';
import { type Rule, secretRule, variableRule } from '../../engine/rules.ts';

const variables = 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html';
const references =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html';

/** Names that Lambda reserves: "Defined runtime environment variables" of the page above. */
const reserved: ReadonlySet<string> = new Set(
  `_HANDLER _X_AMZN_TRACE_ID AWS_DEFAULT_REGION AWS_REGION AWS_EXECUTION_ENV AWS_LAMBDA_FUNCTION_NAME
   AWS_LAMBDA_FUNCTION_MEMORY_SIZE AWS_LAMBDA_FUNCTION_VERSION AWS_LAMBDA_INITIALIZATION_TYPE
   AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME AWS_ACCESS_KEY AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
   AWS_SESSION_TOKEN AWS_LAMBDA_RUNTIME_API LAMBDA_TASK_ROOT LAMBDA_RUNTIME_DIR`.split(/\s+/),
);

/** Name or ARN, then optionally the kind of value, a key of its JSON, a stage and a version. */
const reference =
  /^\{\{resolve:secretsmanager:(?:arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:)?[\w/+=.@-]+(?::SecretString(?::[^:{}]*){0,3})?\}\}$/;

/** The rules of the function's variables. */
export const variableRules: readonly Rule[] = [
  variableRule(variables, (name) => {
    if (reserved.has(name)) return 'a name that Lambda does not reserve';
    return /^[a-zA-Z][a-zA-Z0-9_]+$/.test(name)
      ? null
      : 'at least two letters, digits and underscores, a letter first';
  }),
  {
    source: references,
    violations: ({ environment }) =>
      Object.entries(environment)
        .filter(([, value]) => value.includes('{{resolve:'))
        .map(([name]) => ({
          path: `environment.${name}`,
          value: '(not shown)',
          rule: 'given as a secret: CloudFormation resolves {{resolve:…}}',
        })),
  },
  {
    source: variables,
    violations: ({ environment, secrets }) =>
      Object.keys(secrets)
        .filter((name) => Object.hasOwn(environment, name))
        .map((name) => ({
          path: `secrets.${name}`,
          value: name,
          rule: 'given once: the environment has this variable as well',
        })),
  },
  secretRule(references, (value) =>
    reference.test(value)
      ? null
      : 'a reference to a secret in Secrets Manager: {{resolve:secretsmanager:NAME-OR-ARN:SecretString:KEY}}',
  ),
  {
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
    violations({ environment, secrets }) {
      const all = { ...environment, ...secrets, [deploymentIdVariable]: '0'.repeat(16) };
      const size = Buffer.byteLength(JSON.stringify(all));
      if (size <= 4096) return [];
      const rule = 'at most 4 KB for all variables together, as JSON';
      return [{ path: 'environment', value: `${size} bytes`, rule }];
    },
  },
];
