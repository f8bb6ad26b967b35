import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Archive } from '../archive/archive.ts';
import type { DeployContext } from '../engine/cloud.ts';
import { DeployError, InterruptedError } from '../engine/errors.ts';
import type { Target } from '../engine/target.ts';
import { fingerprints, toDeploymentFile } from './deployment-file.ts';
import { complaintOf, runFramework } from './framework.ts';
import { configurationOf, inServiceDir } from './service-dir.ts';
import { parseTemplate, type Template } from './template.ts';

/** The two templates of a deployment: the first one makes the bucket, the second everything. */
export interface Templates {
  readonly create: Template;
  readonly update: Template;
}

/** The templates of a deployment as the Serverless Framework makes them, without an account and without a network. */
export async function packaged(
  target: Target,
  archive: Archive,
  context: DeployContext,
): Promise<Templates> {
  const { appDir, signal } = context;
  const outputs = fingerprints(target, archive, await configurationOf(appDir));
  const file = toDeploymentFile(target, outputs);
  return inServiceDir(context, file, archive.bytes, async (dir) => {
    const env = { ...withoutAccount(context.env), HOME: dir, USERPROFILE: dir };
    const run = await runFramework(appDir, dir, ['package'], { env, signal });
    if (signal.aborted) throw new InterruptedError('aws', 'interrupted: nothing was sent');
    if (run.code !== 0) throw new DeployError('aws', `could not package: ${complaintOf(run)}`);
    const read = async (name: string) => {
      const path = join(dir, '.serverless', `cloudformation-template-${name}.json`);
      const template = parseTemplate(await readFile(path, 'utf8'));
      if (template === null) throw new Error(`the framework wrote no template to ${path}`);
      return template;
    };
    return { create: await read('create-stack'), update: await read('update-stack') };
  });
}

/** What a process may see of an environment when it is to know no account. */
function withoutAccount(env: DeployContext['env']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || /^(?:AWS|SLS|SERVERLESS)_/.test(name) ? [] : [[name, value]],
    ),
  );
}
