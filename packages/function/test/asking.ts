import type { Invocation } from '@tricloud/adapters';
import { type AppOptions, createApp } from '../src/app.ts';

/** A caller as an adapter would describe it. */
export const invocation: Invocation = {
  provider: 'google',
  id: 'a1b2',
  functionName: 'tricloud',
  region: 'us-central1',
  runtime: 'nodejs24',
  memoryMiB: 256,
  coldStart: true,
  remainingMs: () => 1000,
};

/** The day on which every test asks. */
export const today = '2026-11-22';

/** Sends a request to a fresh function. */
export async function ask(
  path: string,
  init: RequestInit = {},
  options: AppOptions = {},
): Promise<Response> {
  const app = createApp({ today: () => today, ...options });
  return app.fetch(new Request(`https://f.example${path}`, init), invocation);
}

/** Posts a value as JSON. */
export const post = (value: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** Every path of the function with its methods. */
export const everyPath = [
  { path: '/', allow: 'GET, HEAD, OPTIONS' },
  { path: '/v1/lesson', allow: 'GET, HEAD, OPTIONS' },
  { path: '/v1/providers', allow: 'GET, HEAD, OPTIONS' },
  { path: '/v1/providers/aws', allow: 'GET, HEAD, OPTIONS' },
  { path: '/v1/services', allow: 'GET, HEAD, OPTIONS' },
  { path: '/v1/services/lambda', allow: 'GET, HEAD, OPTIONS' },
  { path: '/v1/comparisons', allow: 'POST, OPTIONS' },
  { path: '/v1/bills', allow: 'POST, OPTIONS' },
  { path: '/v1/whoami', allow: 'GET, HEAD, OPTIONS' },
  { path: '/openapi.json', allow: 'GET, HEAD, OPTIONS' },
  { path: '/healthz', allow: 'GET, HEAD, OPTIONS' },
] as const;

/** Those of them that answer GET. */
export const everyGet = everyPath.filter(({ allow }) => allow.startsWith('GET'));
