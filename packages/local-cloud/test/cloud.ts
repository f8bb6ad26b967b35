import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type LocalCloud,
  type LocalCloudEvent,
  type LocalCloudOptions,
  startLocalCloud,
} from '../src/index.ts';
import { appsDir, fixtureFunction } from './app-dirs.ts';

/** A local cloud under test, and all it said. */
export interface TestCloud {
  readonly cloud: LocalCloud;
  readonly events: readonly LocalCloudEvent[];
  readonly cacheDir: string;
  /** The address of a path on a provider. */
  url(provider: 'aws' | 'google' | 'azure', target: string): string;
  /** The first event from now on, or among those that came, that the function picks. */
  until<T>(pick: (event: LocalCloudEvent) => T | undefined): Promise<T>;
  close(): Promise<void>;
}

/** Starts the three runtimes on free ports with the fixture function, or with the one that ships. */
export async function startTestCloud({
  isShipped = false,
  ...options
}: Partial<LocalCloudOptions> & { readonly isShipped?: boolean } = {}): Promise<TestCloud> {
  const cacheDir = await mkdtemp(path.join(tmpdir(), 'local-cloud-test-'));
  const events: LocalCloudEvent[] = [];
  const waiting = new Set<() => void>();
  const cloud = await startLocalCloud({
    providers: ['aws', 'google', 'azure'],
    appsDir,
    cacheDir,
    ...(isShipped ? {} : { functionFile: fixtureFunction }),
    ports: { console: 0, aws: 0, google: 0, azure: 0 },
    watch: false,
    onEvent(event) {
      events.push(event);
      for (const check of waiting) check();
    },
    ...options,
  }).catch(async (error: unknown) => {
    await rm(cacheDir, { recursive: true, force: true });
    throw error;
  });
  return {
    cloud,
    events,
    cacheDir,
    url: (provider, target) => `${cloud.urls[provider]}${target}`,
    until: (pick) =>
      new Promise((resolve) => {
        const check = () => {
          for (const event of events) {
            const picked = pick(event);
            if (picked === undefined) continue;
            waiting.delete(check);
            resolve(picked);
            return;
          }
        };
        waiting.add(check);
        check();
      }),
    async close() {
      await cloud.close();
      await rm(cacheDir, { recursive: true, force: true });
    },
  };
}

/** The body of an answer. */
export async function textOf(url: string): Promise<string> {
  return (await fetch(url)).text();
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** How long, and how often, a test asks for what must come about. */
export const patience = { timeout: 25_000, interval: 20 };
