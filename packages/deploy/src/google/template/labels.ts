import { createHash } from 'node:crypto';

/** Object in Cloud Storage that holds a deployment package. */
export interface StorageSource {
  readonly bucket: string;
  readonly object: string;
  /** Version of the object; `0` for the latest. */
  readonly generation: string;
}

/** The previous deployment package, by which a rollback finds it. */
export interface PreviousPackage {
  readonly sha256: string;
  readonly generation: string;
  /** Hash of bucket and object, which a label cannot hold as they are. */
  readonly placeHash: string;
}

/** What a function's labels record. */
export interface Recorded {
  /** True for a function that tricloud made. */
  readonly isOurs: boolean;
  /** SHA-256 of the deployment package; null where another tool has deployed since. */
  readonly sha256: string | null;
  readonly previous: PreviousPackage | null;
}

type Labels = Readonly<Record<string, string>>;

const made = 'tricloud';
const current = 'tricloud-archive';
const previousPackage = 'tricloud-previous-archive';
const previousGeneration = 'tricloud-previous-generation';
const previousPlace = 'tricloud-previous-place';
// gcloud, the console and Firebase each write their name here when they deploy, and leave other labels
// (https://github.com/firebase/firebase-tools/blob/master/src/deploymentTool.ts, 2026-11-22).
const tool = 'deployment-tool';

/** The labels of a deployment; the user's own stay. */
export function toLabels(
  kept: Labels,
  { sha256, previous }: { readonly sha256: string; readonly previous: PreviousPackage | null },
): Labels {
  const others = Object.entries(kept).filter(([key]) => !key.startsWith(made) && key !== tool);
  return {
    ...Object.fromEntries(others),
    [tool]: 'tricloud',
    [made]: 'function',
    [current]: toLabel(sha256),
    ...(previous !== null && {
      [previousPackage]: toLabel(previous.sha256),
      [previousGeneration]: previous.generation,
      [previousPlace]: previous.placeHash,
    }),
  };
}

/** What labels record; what is missing, or not in tricloud's form, is null. */
export function fromLabels(labels: Labels): Recorded {
  const sha256 = fromLabel(labels[previousPackage]);
  const generation = labels[previousGeneration];
  const placeHash = labels[previousPlace];
  const isComplete = sha256 !== null && generation !== undefined && placeHash !== undefined;
  return {
    isOurs: labels[made] === 'function',
    sha256: labels[tool] === 'tricloud' ? fromLabel(labels[current]) : null,
    previous: isComplete ? { sha256, generation, placeHash } : null,
  };
}

/** Hash of a place: a generation is looked for in the object that had it. */
export function placeHashOf({ bucket, object }: Pick<StorageSource, 'bucket' | 'object'>): string {
  return createHash('sha256').update(`${bucket}/${object}`).digest('hex').slice(0, 32);
}

// A label's value has at most 63 characters (https://cloud.google.com/run/docs/configuring/services/labels,
// 2026-11-22), a hexadecimal SHA-256 has 64: base 32 takes 52.
function toLabel(sha256: string): string {
  return BigInt(`0x${sha256}`).toString(32).padStart(52, '0');
}

function fromLabel(label: string | undefined): string | null {
  if (label === undefined || !/^[0-9a-v]{52}$/.test(label)) return null;
  const bits = Array.from(label).reduce(
    (sum, digit) => sum * 32n + BigInt(Number.parseInt(digit, 32)),
    0n,
  );
  return bits.toString(16).padStart(64, '0');
}
