import { createHash } from 'node:crypto';
import type { Archive } from '../archive/archive.ts';
import { configurationOf } from '../engine/configuration.ts';
import type { Target } from '../engine/target.ts';

/** What `apps/aws-lambda/deployment.json` holds: the values that serverless.yml and its plugin take before their own. */
export interface DeploymentFile {
  readonly service: string;
  readonly stage: string;
  readonly region: string;
  readonly memorySize: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly timeout: number;
  readonly reservedConcurrency: number | null;
  readonly handler: string;
  readonly artifact: string;
  readonly plugins: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** What the stack says of itself, so that nothing has to be remembered anywhere else. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** The archive's name in the deployment bucket. */
export const artifactName = 'archive.zip';

/** The values of a target, as the Serverless Framework is told them. */
export function toDeploymentFile(
  target: Target,
  outputs: Readonly<Record<string, string>>,
): DeploymentFile {
  const { memoryMiB, architecture } = configurationOf(target);
  return {
    service: target.name,
    stage: target.stage,
    region: target.region,
    memorySize: memoryMiB,
    architecture,
    timeout: target.timeoutSeconds,
    reservedConcurrency: target.maxInstances,
    handler: 'index.handler',
    artifact: artifactName,
    plugins: ['./plugin.cjs'],
    environment: sorted({ ...target.environment, ...target.secrets }),
    outputs,
  };
}

/** What tells one deployment from another: the archive, and everything else that was asked for. */
export function fingerprints(
  target: Target,
  archive: Pick<Archive, 'sha256'>,
  configuration: readonly Uint8Array[],
): { readonly ArchiveSha256: string; readonly SettingsSha256: string } {
  const hash = createHash('sha256').update(JSON.stringify(toDeploymentFile(target, {})));
  for (const file of configuration) hash.update(file);
  return { ArchiveSha256: archive.sha256, SettingsSha256: hash.digest('hex') };
}

function sorted(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1)));
}
