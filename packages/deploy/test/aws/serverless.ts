import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { parse, stringify } from 'yaml';
import { parseTemplate, type Template } from '../../src/aws/template/parse-template.ts';
import { archiveOf } from './support.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** The Serverless Framework with apps/aws-lambda/serverless.yml, in a folder of its own, with a package instead of a build. */
export async function serverlessFramework(env: Readonly<Record<string, string | undefined>>) {
  const dir = await mkdtemp(join(tmpdir(), 'tricloud-serverless-'));
  const config = await readFile(join(root, 'apps/aws-lambda/serverless.yml'), 'utf8');
  const { plugins: _plugins, custom: _custom, ...service } = v.parse(ServiceSchema, parse(config));
  await writeFile(
    join(dir, 'serverless.yml'),
    stringify({ ...service, package: { artifact: 'package.zip' } }),
  );
  await writeFile(join(dir, 'package.zip'), archiveOf('framework').bytes);
  return {
    async run(...args: readonly string[]): Promise<void> {
      const command = join(root, 'node_modules/.bin/serverless');
      const child = spawn(command, args, { cwd: dir, env: { ...env, HOME: dir } });
      const output = Promise.all([text(child.stdout), text(child.stderr)]);
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error((await output).join(''));
    },
    async template(): Promise<Template> {
      const path = join(dir, '.serverless/cloudformation-template-update-stack.json');
      const template = parseTemplate(await readFile(path, 'utf8'));
      if (template === null) throw new Error(`${path} is no template`);
      return template;
    },
    remove: () => rm(dir, { recursive: true }),
  };
}

const ServiceSchema = v.looseObject({ plugins: v.array(v.string()), custom: v.unknown() });
