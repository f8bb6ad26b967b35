import { deployedRuntime } from '@tricloud/core/catalog';

/** Node.js version of the app. */
export const nodeVersion = deployedRuntime('azure').version;

/** API versions of what is read and written outside the template, too. */
export const apiVersions = {
  /** Of groups, deployments and tags. */
  resources: '2025-03-01',
  subscriptions: '2022-12-01',
  web: '2024-11-01',
  workspaces: '2022-10-01',
} as const;
