import { join } from 'node:path';
import type { ProviderId } from '@tricloud/core';
import { commandByName, type DeployContext, type OnStep } from '@tricloud/deploy';
import { appDirs } from '../app-dirs.ts';
import type { Home } from '../main.ts';

/** Where a cloud's part of a command runs. */
export function contextOf(
  cloud: ProviderId,
  { root, cacheDir }: Home,
  { onStep = () => {}, signal }: { readonly onStep?: OnStep; readonly signal: AbortSignal },
): DeployContext {
  return {
    env: process.env,
    appDir: appDirs(root)[cloud],
    cacheDir: join(cacheDir, 'deploy', cloud),
    onStep,
    nextCommand: commandByName,
    signal,
  };
}
