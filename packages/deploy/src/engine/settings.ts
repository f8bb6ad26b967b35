import {
  above,
  count,
  type Fault,
  fields,
  InvalidInputError,
  oneOf,
  readInput,
} from '@tricloud/core/parts';
import * as v from 'valibot';
import { isSecretName } from './redact.ts';

const text = (what: string) => v.pipe(v.string(what), v.minLength(1, what));

const Size = {
  memoryMiB: v.optional(count()),
  vcpu: v.optional(above(0, 64)),
  architecture: v.optional(oneOf(['x86_64', 'arm64'])),
  timeoutSeconds: v.optional(count()),
  concurrency: v.optional(count()),
  maxInstances: v.optional(count()),
};

const reference = text('a reference to a secret in the cloud’s own store');

/** What is deployed, in one vocabulary for three clouds; what one of them is to have of its own stands under its name. */
export const DeploySettingsSchema = fields({
  name: v.optional(text('the function’s name')),
  stage: v.optional(text('a stage, such as "dev"')),
  ...Size,
  auth: v.optional(oneOf(['none', 'iam'])),
  environment: v.optional(v.record(v.string(), v.string('a text'), 'an object of names and texts')),
  secrets: v.optional(
    v.record(
      v.string(),
      fields(
        {
          aws: v.optional(reference),
          google: v.optional(reference),
          azure: v.optional(reference),
        },
        'an object',
      ),
      'an object of names and references',
    ),
  ),
  aws: v.optional(
    fields({
      region: v.optional(text('a region')),
      throttle: v.optional(
        fields({ rate: v.optional(count()), burst: v.optional(count()) }, 'an object'),
      ),
      ...Size,
    }),
  ),
  google: v.optional(
    fields({
      region: v.optional(text('a region')),
      project: v.optional(text('a project')),
      invokers: v.optional(v.array(text('a member, such as user:ada@example.com'))),
      buildAccount: v.optional(text('a service account')),
      ...Size,
    }),
  ),
  azure: v.optional(
    fields({
      region: v.optional(text('a region')),
      subscription: v.optional(text('a subscription')),
      ...Size,
    }),
  ),
});

export type DeploySettings = v.InferOutput<typeof DeploySettingsSchema>;

/**
 * Reads settings, as `tricloud.json` holds them. What a provider makes of the values is a cloud's to say.
 *
 * @throws {InvalidInputError} with every fault at once.
 */
export function parseSettings(input: unknown): DeploySettings {
  const { output, faults } = readInput(DeploySettingsSchema, input, {
    subject: 'The settings file',
  });
  if (output === undefined) throw new InvalidInputError(faults.map(withoutSecret));
  return output;
}

/** Where a reference to a secret is wanted, people paste the secret; and a variable or a field may be one. */
function withoutSecret(fault: Fault): Fault {
  const isTold = !/^environment\b/.test(fault.path) && !isSecretName(fault.path);
  if (isTold) return fault;
  const right = fault.problem.replace(/^.*?, but /s, '');
  return {
    path: fault.path,
    value: null,
    problem: `is not what it should be (not shown): ${right}`,
  };
}
