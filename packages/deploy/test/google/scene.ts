import { commandByName } from '../../src/engine/next-command.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { strToU8 } from 'fflate';
import { createDeploymentPackage } from '@tricloud/build';
import type { DeployContext } from '../../src/engine/deploy-context.ts';
import { createCloud } from '../../src/engine/create-cloud.ts';
import { googleDriver } from '../../src/google/driver.ts';
import type { Step } from '../../src/engine/step.ts';
import type { Target } from '../../src/engine/target.ts';
import { fakeCredentials } from './fake-credentials.ts';
import { virtualTiming } from '../timing.ts';
import { startFakeGoogle } from './fake-google.ts';

/** A target that breaks no rule. */
export const target: Target = {
  cloud: 'google',
  name: 'shop',
  stage: 'dev',
  region: 'us-central1',
  memoryMiB: 512,
  vcpu: null,
  architecture: 'x86_64',
  timeoutSeconds: 60,
  concurrency: 1,
  maxInstances: null,
  environment: {},
  secrets: {},
  account: 'my-shop',
  auth: 'none',
  invokers: [],
  throttle: null,
  buildAccount: null,
};

export const functionName = 'projects/my-shop/locations/us-central1/functions/shop-dev';
export const serviceName = 'projects/my-shop/locations/us-central1/services/shop-dev';

/** A deployment package whose code is this text. */
export function packageOf(code: string) {
  const manifest = { name: 'shop', dependencies: { '@google-cloud/functions-framework': '5.0.5' } };
  return createDeploymentPackage([
    { path: 'index.mjs', contents: strToU8(code) },
    { path: 'package.json', contents: strToU8(JSON.stringify(manifest)) },
  ]);
}

/** Google as a fake, credentials for it, and what is seen of a run. */
export async function openScene() {
  const folder = mkdtempSync(join(tmpdir(), 'tricloud-google-'));
  const credentials = fakeCredentials(folder);
  const fake = await startFakeGoogle(credentials);
  const timing = virtualTiming();
  const google = createCloud(googleDriver, timing);
  const impatient = createCloud(googleDriver, { ...timing, requestMs: 400, uploadMs: 400 });
  const seen: unknown[] = [];
  const steps: Step[] = [];
  const planted = ['planted-token-of-the-environment', ...credentials.planted];
  const env = {
    ...fake.env,
    GOOGLE_APPLICATION_CREDENTIALS: credentials.file,
    METADATA_SERVER_DETECTION: 'none',
    HOME: folder,
    API_TOKEN: 'planted-token-of-the-environment',
  };
  const context = (more: Partial<DeployContext> = {}): DeployContext => ({
    env,
    onStep: (step) => {
      steps.push(step);
      seen.push(step);
    },
    signal: new AbortController().signal,
    nextCommand: commandByName,
    ...more,
  });
  return {
    folder,
    fake,
    timing,
    google,
    /** The same with short time-outs. */
    impatient,
    env,
    steps,
    context,
    /** What came out, or the error that did; remembered, to look for secrets in it. */
    see: async <T>(action: Promise<T>): Promise<T> => {
      try {
        const result = await action;
        seen.push(result);
        return result;
      } catch (error) {
        seen.push(error);
        throw error;
      }
    },
    /** The calls since the last question, without the polling. */
    sent: () => fake.calls.splice(0).filter((call) => call !== 'GetOperation'),
    /** Ends it all, and fails when a planted secret was seen anywhere. */
    close: async () => {
      await fake.close();
      rmSync(folder, { recursive: true });
      const text = inspect(seen, {
        depth: 12,
        showHidden: true,
        maxStringLength: null,
        maxArrayLength: null,
      });
      const secrets = [...planted, ...fake.uploads.values(), 'eyJhbGciOiJSUzI1NiI'];
      const leaks = secrets.filter((secret) => text.includes(secret));
      if (leaks.length > 0) throw new Error(`seen: ${leaks.join(', ')}`);
    },
  };
}

export type Scene = Awaited<ReturnType<typeof openScene>>;

/** Everything that comes. */
export async function listOf<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
