import { commandByName } from '../../src/engine/next-command.ts';
import { createHash } from 'node:crypto';
import type { Archive } from '../../src/archive/archive.ts';
import { createAzure } from '../../src/azure/azure.ts';
import type { Pace } from '../../src/azure/pace.ts';
import type { Cloud, DeployContext } from '../../src/engine/cloud.ts';
import type { Step } from '../../src/engine/step.ts';
import type { Target } from '../../src/engine/target.ts';
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
  impatient(pace: Partial<Pace>): Cloud;
  readonly steps: Step[];
  context(more?: Partial<DeployContext>): DeployContext;
  /** What was written, by its kind. */
  written(): string[];
  close(): Promise<void>;
}

/** Waits for what the fake Azure does at once. */
const quick: Pace = {
  retryMs: 1,
  pollMs: 1,
  requestMs: 5_000,
  uploadMs: 5_000,
  operationMs: 20_000,
  propagationMs: 1,
  propagationTries: 4,
  startTries: 6,
  logsMs: 1,
  now: () => Date.parse('2026-11-22T12:00:00Z'),
};

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
    cloud: createAzure(quick),
    impatient: (pace) => createAzure({ ...quick, ...pace }),
    steps,
    context: (more = {}) => ({
      env,
      appDir: 'apps/azure-functions',
      cacheDir: '/nowhere',
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

/** What may be typed after a deployment that failed. */
export function goOn(): string {
  return `${command('deploy')} goes on; ${command('remove')} takes away what is there`;
}

export function archiveOf(text: string): Archive {
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
  if (path.startsWith('/blob/')) return [`${method} archive`];
  return [`${method} ${path.split('/').at(-1)}`];
}
