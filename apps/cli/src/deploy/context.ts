import { join } from 'node:path';
import type { ProviderId } from '@tricloud/core';
import { commandByName, type DeployContext, type OnStep } from '@tricloud/deploy';
import type { Home } from '../main.ts';

/** Where a cloud's part of a command runs. */
export function contextOf(
  cloud: ProviderId,
  { root, cacheDir }: Home,
  { onStep = () => {}, signal }: { readonly onStep?: OnStep; readonly signal: AbortSignal },
): DeployContext {
  return {
    env: process.env,
    // Read by AWS only.
    appDir: join(root, 'apps', 'aws-lambda'),
    cacheDir: join(cacheDir, 'deploy', cloud),
    onStep,
    nextCommand: commandByName,
    signal,
  };
}
