import { commandByName } from '../../src/engine/next-command.ts';
import { createHash } from 'node:crypto';
import type { DeploymentPackage } from '@tricloud/build';
import { azureDriver } from '../../src/azure/driver.ts';
import type { Cloud } from '../../src/engine/cloud.ts';
import type { DeployContext } from '../../src/engine/deploy-context.ts';
import { createCloud } from '../../src/engine/create-cloud.ts';
import type { Step } from '../../src/engine/step.ts';
import type { Target } from '../../src/engine/target.ts';
import type { Timing } from '../../src/engine/timing.ts';
import { virtualTiming } from '../timing.ts';
import { startFakeAzure } from './fake-azure.ts';
import { type FakeAzure, type Received, subscription } from './fake-state.ts';
import { type FakeEntra, startFakeEntra, tenantId } from './fake-entra.ts';

/** Secrets that must turn up nowhere. */
export const planted = {
  clientSecret: 'planted-client-secret-8Q~x',
  value: 'planted-value-of-a-variable',
};

/** Azure on this machine, and whoever deploys there. */
export interface World {
  readonly azure: FakeAzure;
  readonly entra: FakeEntra;
  readonly cloud: Cloud;
  /** The same Azure, for one who waits less. */
  impatient(timing: Partial<Timing>): Cloud;
  readonly steps: Step[];
  context(more?: Partial<DeployContext>): DeployContext;
  /** What was written, by its kind. */
  written(): string[];
  close(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const entra = await startFakeEntra(planted.clientSecret);
  const azure = await startFakeAzure(entra.tokens);
  const steps: Step[] = [];
  const env = {
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: '44444444-4444-4444-8444-444444444444',
    AZURE_CLIENT_SECRET: planted.clientSecret,
    AZURE_SUBSCRIPTION_ID: subscription,
    AZURE_AUTHORITY_HOST: entra.url,
    AZURE_RESOURCE_MANAGER_ENDPOINT: azure.url,
  };
  return {
    azure,
    entra,
    cloud: createCloud(azureDriver, virtualTiming()),
    impatient: (timing) => createCloud(azureDriver, virtualTiming(timing)),
    steps,
    context: (more = {}) => ({
      env,
      onStep: (step) => steps.push(step),
      signal: new AbortController().signal,
      nextCommand: commandByName,
      ...more,
    }),
    written: () => azure.received.flatMap(kindOf),
    async close() {
      await azure.close();
      await entra.close();
      if (azure.complaints.length > 0) throw new Error(azure.complaints.join('\n'));
    },
  };
}

export const target: Target = {
  cloud: 'azure',
  name: 'shop',
  stage: 'dev',
  region: 'eastus',
  memoryMiB: 512,
  vcpu: null,
  architecture: 'x86_64',
  timeoutSeconds: 90,
  concurrency: 8,
  maxInstances: null,
  environment: { GREETING: 'hello', API_KEY: planted.value },
  secrets: { DB: '@Microsoft.KeyVault(VaultName=my-vault;SecretName=db)' },
  account: null,
  auth: 'none',
  invokers: [],
  throttle: null,
  buildAccount: null,
};

export const group = 'shop-dev';

/** A command as a message names it. */
export function command(verb: string, region = 'eastus'): string {
  return `npx tricloud ${verb} azure --name shop --stage dev --region azure=${region}`;
}

/** The commands that can follow a first deployment that failed and left something. */
export const retry = { hint: command('deploy'), cleanUp: command('remove') };

export function packageOf(text: string): DeploymentPackage {
  const bytes = Buffer.from(`a zip: ${text}`);
  return {
    bytes,
    files: [{ path: 'index.mjs', size: bytes.length }],
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sourceMaps: [],
  };
}

function kindOf({ method, path }: Received): string[] {
  if (method === 'GET' || method === 'HEAD' || path.endsWith('/list')) return [];
  if (path.endsWith('/tags/default')) return [`${method} tags`];
  if (path.endsWith('/deployments/tricloud')) return [`${method} template`];
  if (path.endsWith(`/${group}`)) return [`${method} group`];
  if (path.startsWith('/blob/')) return [`${method} package`];
  return [`${method} ${path.split('/').at(-1)}`];
}
