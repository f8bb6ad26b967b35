import { commandByName } from '../../src/engine/next-command.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeploymentPackage } from '@tricloud/build';
import { createDeploymentPackage } from '@tricloud/build';
import { awsDriver } from '../../src/aws/driver.ts';
import type { Cloud } from '../../src/engine/cloud.ts';
import type { DeployContext } from '../../src/engine/deploy-context.ts';
import { createCloud } from '../../src/engine/create-cloud.ts';
import { DeployError } from '../../src/engine/errors.ts';
import type { Step } from '../../src/engine/step.ts';
import type { Target } from '../../src/engine/target.ts';
import { virtualTiming } from '../timing.ts';

/** AWS in virtual time. */
export const quickAws: Cloud = createCloud(awsDriver, virtualTiming({ operationMs: 1e12 }));

/** As `quickAws`, with a short time-out. */
export const hastyAws: Cloud = createCloud(awsDriver, virtualTiming({ requestMs: 200 }));

/** AWS in real time, for an emulator that is done when it answers. */
export const emulatedAws: Cloud = createCloud(awsDriver);

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
  throttle: { rate: 100, burst: 200 },
  buildAccount: null,
};

/** Values that nobody may ever see, by the names of the variables that hold them. */
export const planted = {
  AWS_ACCESS_KEY_ID: 'AKIAPLANTEDPLANTED01',
  AWS_SECRET_ACCESS_KEY: 'planted/secret/access/key/0123456789abcd',
  AWS_SESSION_TOKEN: 'planted-session-token-0123456789',
} as const;

/** An deployment package whose function answers with a text. */
export function archiveOf(text: string): DeploymentPackage {
  const source = `export const handler = async () => ({ statusCode: 200, body: ${JSON.stringify(text)} });\n`;
  return createDeploymentPackage([{ path: 'index.mjs', contents: Buffer.from(source) }]);
}

/** DeployContext against an endpoint, with everything that was told, and with a folder that is looked into and removed. */
export async function contextAt(
  endpoint: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{
  readonly context: DeployContext;
  readonly steps: Step[];
  readonly interrupt: () => void;
  end(): Promise<void>;
}> {
  const dir = await mkdtemp(join(tmpdir(), 'tricloud-deploy-aws-'));
  const controller = new AbortController();
  const steps: Step[] = [];
  return {
    context: {
      env: { PATH: process.env['PATH'], HOME: dir, AWS_ENDPOINT_URL: endpoint, ...planted, ...env },
      onStep: (step) => void steps.push(step),
      nextCommand: commandByName,
      signal: controller.signal,
    },
    steps,
    interrupt: () => controller.abort(),
    end: () => rm(dir, { recursive: true, force: true }),
  };
}

/** The names of the steps that were done or skipped, in order. */
export function doneOf(steps: readonly Step[]): readonly string[] {
  return steps
    .filter(({ state }) => state === 'done' || state === 'skipped')
    .map(({ name, state, detail }) => (state === 'skipped' ? `${name}: ${detail ?? ''}` : name));
}

/** An error's own account of itself, as the command line prints it. */
export async function failureOf(action: () => Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    const { name, message, leftBehind, hint, cleanUp } = error;
    return { name, message, leftBehind, hint, cleanUp };
  }
  throw new Error('it did not fail');
}
