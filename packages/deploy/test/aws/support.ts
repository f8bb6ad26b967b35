import { commandByName } from '../../src/engine/next-command.ts';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Archive } from '../../src/archive/archive.ts';
import { createDeploymentPackage } from '@tricloud/build';
import { awsAt } from '../../src/aws/aws.ts';
import type { Cloud, DeployContext } from '../../src/engine/cloud.ts';
import { DeployError } from '../../src/engine/errors.ts';
import type { Step } from '../../src/engine/step.ts';
import type { Target } from '../../src/engine/target.ts';

const pace = { pollMs: 50, reviewMs: 150, attempts: 3 };

/** AWS at a pace at which tests end; patient with an emulator that loads a service when it is first asked. */
export const quickAws: Cloud = awsAt({ ...pace, requestTimeoutMs: 20_000 });

/** As `quickAws`, and soon tired of waiting. */
export const hastyAws: Cloud = awsAt({ ...pace, requestTimeoutMs: 500 });

export const target: Target = {
  cloud: 'aws',
  name: 'shop',
  stage: 'qa',

  ...quickAws.defaults,
  region: 'eu-west-1',
  environment: { GREETING: 'hello' },
  secrets: {},
  account: null,
  auth: 'none',
  invokers: [],
  throttle: null,
  buildAccount: null,
};

/** Values that nobody may ever see, by the names of the variables that hold them. */
export const planted = {
  AWS_ACCESS_KEY_ID: 'AKIAPLANTEDPLANTED01',
  AWS_SECRET_ACCESS_KEY: 'planted/secret/access/key/0123456789abcd',
  AWS_SESSION_TOKEN: 'planted-session-token-0123456789',
} as const;

/** An archive whose function answers with a text. */
export function archiveOf(text: string): Archive {
  const source = `export const handler = async () => ({ statusCode: 200, body: ${JSON.stringify(text)} });\n`;
  return createDeploymentPackage([{ path: 'index.mjs', contents: Buffer.from(source) }]);
}

/** DeployContext against an endpoint, with everything that was told, and with a folder that is looked into and removed. */
export async function surroundingsAt(
  endpoint: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{
  readonly context: DeployContext;
  readonly steps: Step[];
  readonly interrupt: () => void;
  leftInCache(): Promise<readonly string[]>;
  end(): Promise<void>;
}> {
  const dir = await mkdtemp(join(tmpdir(), 'tricloud-deploy-aws-'));
  const controller = new AbortController();
  const steps: Step[] = [];
  return {
    context: {
      env: { PATH: process.env['PATH'], HOME: dir, AWS_ENDPOINT_URL: endpoint, ...planted, ...env },
      appDir: fileURLToPath(new URL('../../../../apps/aws-lambda', import.meta.url)),
      cacheDir: join(dir, 'cache'),
      onStep: (step) => void steps.push(step),
      nextCommand: commandByName,
      signal: controller.signal,
    },
    steps,
    interrupt: () => controller.abort(),
    leftInCache: () => readdir(join(dir, 'cache')),
    end: () => rm(dir, { recursive: true, force: true }),
  };
}

/** The names of the steps that were done or skipped, in order. */
export function doneOf(steps: readonly Step[]): readonly string[] {
  return steps
    .filter(({ state }) => state === 'done' || state === 'skipped')
    .map(({ name, state, detail }) => (state === 'skipped' ? `${name}: ${detail ?? ''}` : name));
}

/** An error's own account of itself, as the command line tells it. */
export async function failureOf(action: () => Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    const { name, message, leftBehind, hint } = error;
    return { name, message, leftBehind, hint };
  }
  throw new Error('it did not fail');
}
