import type { DeploymentPackage } from '@tricloud/build';
import type { DeployContext } from '../../src/engine/deploy-context.ts';
import type { Driver } from '../../src/engine/driver.ts';
import type { Failure } from '../../src/engine/failure.ts';
import type { LogEntry } from '../../src/engine/log-entry.ts';
import { commandByName } from '../../src/engine/next-command.ts';
import { notDeployed } from '../../src/engine/status.ts';
import { configurationRule, wholeNumber } from '../../src/engine/rules.ts';
import type { Run } from '../../src/engine/run.ts';
import type { Step } from '../../src/engine/step.ts';
import type { Target } from '../../src/engine/target.ts';

/** What the fake cloud has deployed. */
export interface Deployed {
  readonly sha256: string | null;
  readonly isBusy?: boolean;
  /** The cloud's own word; `ACTIVE` unless given. */
  readonly state?: string | null;
}

/** What the fake cloud says of an error of this name. */
const failures: Readonly<Record<string, Pick<Failure, 'kind' | 'fix'>>> = {
  Denied: { kind: 'other', fix: 'cloud grant me' },
  Expired: { kind: 'credentials', fix: null },
  SignedOut: { kind: 'credentials', fix: 'cloud login' },
  Busy: { kind: 'in progress', fix: null },
};

/** A cloud that keeps one value, and fails where a test says so. */
export function fakeDriver(found: Deployed | null = null) {
  const calls: string[] = [];
  const cloud = {
    calls,
    found,
    /** Thrown by the call of this name. */
    failures: new Map<string, unknown>(),
    left: ['a bucket'] as readonly string[],
    entries: [] as LogEntry[][],
    onRead: () => undefined as unknown,
    onApply: (_run: Run) => undefined as unknown,
  };
  const call = (name: string) => {
    calls.push(name);
    if (cloud.failures.has(name)) throw cloud.failures.get(name);
  };
  const driver: Driver<Run, Deployed> = {
    id: 'aws',
    template: {
      async describe() {
        return {
          resources: [],
          permissions: [],
          requests: [],
          placeholders: [],
          limitations: [],
          access: '',
        };
      },
    },
    credentials: {
      findRegion: () => Promise.resolve(null),
      async open(run) {
        call('open');
        return run;
      },
      async *checks() {},
      signRequest: (_session, request) => Promise.resolve(request),
    },
    state: {
      async read() {
        call('read');
        return cloud.found;
      },
      async settle(_session, _archive, each) {
        call('settle');
        return each;
      },
      async differences(_session, deploymentPackage, each) {
        if (cloud.failures.has('differences')) throw cloud.failures.get('differences');
        return each?.sha256 === deploymentPackage.sha256
          ? []
          : [
              {
                what: 'package',
                deployed: each?.sha256 ?? null,
                planned: deploymentPackage.sha256,
              },
            ];
      },
      toStatus: (_session, { sha256, isBusy = false, state = 'ACTIVE' }) => ({
        ...notDeployed,
        isDeployed: sha256 !== null,
        state,
        isBusy,
        url: 'https://shop.example/',
      }),
      async leftBehind() {
        call('leftBehind');
        return cloud.left;
      },
    },
    apply: {
      async apply(session, _archive, each) {
        return session.step('create the bucket', async () => {
          cloud.onApply(session);
          call('apply');
          return each ?? { sha256: null };
        });
      },
      async removals() {
        return ['a bucket'];
      },
      async remove() {
        call('remove');
        cloud.found = null;
      },
    },
    publish: {
      async publish(session, { sha256 }) {
        return session.step('upload the deployment package', async () => {
          call('publish');
          cloud.found = { sha256 };
          return cloud.found;
        });
      },
      async rollback() {
        call('rollback');
        return { sha256: 'previous' };
      },
    },
    logs: {
      intervalMs: 5000,
      async read(_session, sinceMs) {
        calls.push(`read the log from ${new Date(sinceMs).toISOString().slice(11, 19)}`);
        cloud.onRead();
        return cloud.entries.shift() ?? [];
      },
    },
    rules: [
      wholeNumber('memoryMiB', [128, 10_240], 'MiB', 'https://docs.example/memory'),
      configurationRule('https://docs.example/cpu'),
    ],
    errors: {
      readFailure(error) {
        const { name, message } = error instanceof Error ? error : new Error(String(error));
        return { kind: 'other', fix: null, ...failures[name], message };
      },
    },
  };
  return { cloud, driver };
}

export const target: Target = {
  cloud: 'aws',
  name: 'shop',
  stage: 'dev',
  region: 'us-east-1',
  memoryMiB: 512,
  vcpu: null,
  architecture: 'arm64',
  timeoutSeconds: 30,
  concurrency: 1,
  maxInstances: null,
  environment: { API_KEY: 'planted-value' },
  secrets: {},
  account: null,
  auth: 'none',
  invokers: [],
  throttle: null,
  buildAccount: null,
};

export const deploymentPackage: DeploymentPackage = {
  bytes: new Uint8Array(),
  files: [],
  sha256: 'new',
  sourceMaps: [],
};

/** A context, and the steps that it saw. */
export function contextOf(signal = new AbortController().signal) {
  const steps: Step[] = [];
  const context: DeployContext = {
    env: {},
    onStep: (step) => steps.push(step),
    signal,
    nextCommand: commandByName,
  };
  return { context, steps };
}
