import {
  declare,
  flag,
  hidden,
  negated,
  option,
  optionOr,
  repeatable,
} from '../command-line/declaration.ts';
import { clouds, cloudsOrAll, oneCloud } from '../command-line/operands.ts';
import {
  duration,
  oneOf,
  regions,
  secret,
  text,
  throttle,
  variable,
  vcpus,
  wholeNumber,
} from '../command-line/values.ts';

/** Options of the deployed function. Commands that do not need them accept them, so that a request can be repeated. */
const functionOptions = {
  function: option('FILE', 'deploy what FILE exports as handler (.ts, .js)', text),
  memory: option('MIB', 'per instance', wholeNumber),
  timeout: option('SECONDS', 'per request', wholeNumber),
  concurrency: option('N', 'per instance', wholeNumber),
  maxInstances: option('N', 'in total', wholeNumber),
  vcpu: option('N', 'per instance', vcpus),
  architecture: option('arm64', '(x86_64)', oneOf('x86_64', 'arm64')),
  set: repeatable('NAME=VALUE', 'a variable', variable),
  env: repeatable('FILE', 'of variables', text),
  // Node 20 reads this option itself, wherever it is, and exits with 9 when the file is missing.
  ...hidden({ envFile: repeatable('FILE', '', text) }),
  secret: repeatable('NAME=REFERENCE', "a variable from the cloud's own secret store", secret),
  auth: option('none|iam', '(none)', oneOf('none', 'iam')),
  throttle: option('RATE,BURST', '(100,200)', throttle),
  invoker: repeatable('MEMBER', 'Google, iam', text),
  buildAccount: option('EMAIL', "Google's", text),
};

/** Options that name a deployment. */
export const nameOptions = {
  name: option('NAME', '(tricloud)', text),
  stage: option('STAGE', '(dev)', text),
  region: repeatable('aws=R,google=R,azure=R', 'or one region for one cloud', regions),
  project: option('ID', "Google's", text),
  subscription: option('ID', "Azure's", text),
  config: option('FILE', 'config file         (tricloud.json where it exists)', text),
};

/** Options that say what is deployed and where; every command on deployments accepts them. */
export const requestOptions = { ...functionOptions, ...nameOptions };
const targetOptions = { ...hidden(functionOptions), ...nameOptions };

const json = flag('as JSON');
const yes = flag('do not ask');

const plan = declare({
  name: 'plan',
  summary: 'resources, API requests and cost of a deployment',
  description: 'Shows what a deployment creates, changes, sends and costs. Needs no account.',
  operands: clouds,
  options: {
    ...requestOptions,
    workload: option('FILE', 'add what a month of this workload costs', text),
    requests: flag('with bodies'),
    offline: flag('no requests'),
    json,
  },
  notes: `
With an account, it also shows the differences from what is deployed. Secrets
are redacted. --throttle holds for AWS; with several clouds, --secret takes
aws:NAME=REFERENCE.`,
});

const deploy = declare({
  name: 'deploy',
  summary: 'deploy to aws, google, azure, or to several',
  description: 'Deploys to each cloud: asks first, and calls the function afterwards.',
  operands: clouds,
  options: {
    ...requestOptions,
    yes,
    json,
    smokeTest: negated('do not call'),
  },
  notes: `
With several clouds, --secret takes aws:NAME=REFERENCE. --throttle holds for
AWS. Run it again after an interruption: it resumes. A config file:
{ "name": "shop", "memoryMiB": 512, "environment": { "MODE": "live" },
  "secrets": { "API_KEY": { "aws": "…" } }, "google": { "project": "shop" } }`,
});

const status = declare({
  name: 'status',
  summary: 'what is deployed',
  description: 'Shows what is deployed: state, URL, deployment package and the previous one.',
  operands: clouds,
  options: { ...targetOptions, json },
});

const logs = declare({
  name: 'logs',
  summary: 'what the function logged',
  description: 'Prints what the function logged, oldest first.',
  operands: oneCloud,
  options: {
    ...targetOptions,
    follow: flag('continue with new entries, until Ctrl-C'),
    since: optionOr('DURATION', '90s, 10m, 2h or 1d       (10m)', {
      parse: since,
      fallback: () => since('10m', '--since'),
    }),
  },
});

const rollback = declare({
  name: 'rollback',
  summary: 'restore the previous deployment package',
  description: 'Restores the previous deployment package; asks first.',
  operands: clouds,
  options: { ...targetOptions, yes },
});

const remove = declare({
  name: 'remove',
  summary: 'remove what was deployed',
  description: 'Lists everything that was deployed, asks, and removes exactly that.',
  operands: clouds,
  options: { ...targetOptions, yes },
});

const doctor = declare({
  name: 'doctor',
  summary: 'check prerequisites',
  description: 'Checks what is needed to run and to deploy, one line each.',
  operands: cloudsOrAll,
  options: { ...targetOptions, json },
  notes: `
Shows where credentials were found, and never their values. Exit code 1 when a
check fails.`,
});

/** The commands that act on a deployment, and can follow one another. */
export const deployments = { plan, deploy, status, logs, rollback, remove, doctor };

function since(given: string, name: string): { readonly ms: number; readonly text: string } {
  return { ms: duration(given, name), text: given };
}
