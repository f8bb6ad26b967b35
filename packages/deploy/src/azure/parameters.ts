import { createHash } from 'node:crypto';
import { configurationOf } from '../engine/configuration.ts';
import type { Target } from '../engine/target.ts';
import { readKeyVaultReference } from './key-vault.ts';
import { baseName, tags } from './names.ts';
import { template } from './template.ts';

/** The parameters of the template, less whoever deploys. */
export interface Parameters {
  readonly name: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly instanceMemoryMB: number;
  readonly maximumInstanceCount: number;
  readonly perInstanceConcurrency: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** How many instances Azure starts at most where nobody says, according to the page of the plan. */
const usualInstances = 100;

/** What a target comes to in the template. */
export function toParameters(target: Target): Parameters {
  const { memoryMiB, concurrency } = configurationOf(target);
  return {
    name: baseName(target),
    location: target.region,
    tags: { [tags.owner]: baseName(target) },
    instanceMemoryMB: memoryMiB,
    maximumInstanceCount: target.maxInstances ?? usualInstances,
    perInstanceConcurrency: concurrency,
    settings: {
      AzureWebJobsStorage__credential: 'managedidentity',
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD',
      // A setting goes before host.json, which then says what holds for everybody,
      // https://learn.microsoft.com/azure/azure-functions/functions-host-json#override-hostjson-values.
      AzureFunctionsJobHost__functionTimeout: toTimeSpan(target.timeoutSeconds),
      TRICLOUD_REGION: target.region,
      TRICLOUD_MEMORY_MIB: String(memoryMiB),
    },
    environment: target.environment,
    secrets: Object.fromEntries(
      Object.entries(target.secrets).map(([name, reference]) => [
        name,
        readKeyVaultReference(reference)?.setting ?? reference,
      ]),
    ),
  };
}

/** SHA-256 of everything that a deployment sends but the archive: the same hash, nothing to send. */
export function settingsHash(target: Target): string {
  const sent = { template, parameters: toParameters(target) };
  return createHash('sha256').update(canonical(sent)).digest('hex');
}

/** JSON in which the order of the names says nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** Seconds as .NET reads a span of time: `[d.]hh:mm:ss`. */
function toTimeSpan(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const parts = [
    Math.floor((seconds % 86_400) / 3600),
    Math.floor((seconds % 3600) / 60),
    seconds % 60,
  ];
  const clock = parts.map((part) => String(part).padStart(2, '0')).join(':');
  return days === 0 ? clock : `${days}.${clock}`;
}
