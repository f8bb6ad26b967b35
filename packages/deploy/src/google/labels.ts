import { createHash } from 'node:crypto';

/** Where an archive lies in Cloud Storage. */
export interface StorageSource {
  readonly bucket: string;
  readonly object: string;
  /** Which version of the object; `0` for the latest. */
  readonly generation: string;
}

/** The archive before this one, by which a rollback finds it. */
export interface Previous {
  readonly archiveSha256: string;
  readonly generation: string;
  /** Of the place of the archive, which a label cannot hold as it is. */
  readonly placeHash: string;
}

/** What a function's labels tell. */
export interface Told {
  /** Whether tricloud made the function. */
  readonly isOurs: boolean;
  /** Null where somebody else has deployed since. */
  readonly archiveSha256: string | null;
  readonly previous: Previous | null;
}

type Labels = Readonly<Record<string, string>>;

const made = 'tricloud';
const archive = 'tricloud-archive';
const previousArchive = 'tricloud-previous-archive';
const previousGeneration = 'tricloud-previous-generation';
const previousPlace = 'tricloud-previous-place';
// gcloud, the console and Firebase each write their name here when they deploy, and leave other labels alone
// (https://github.com/firebase/firebase-tools/blob/master/src/deploymentTool.ts, 2026-11-22).
const tool = 'deployment-tool';

/** The labels of a deployment; the user's own stay. */
export function toLabels(
  kept: Labels,
  { archiveSha256, previous }: { archiveSha256: string; previous: Previous | null },
): Labels {
  const others = Object.entries(kept).filter(([key]) => !key.startsWith(made) && key !== tool);
  return {
    ...Object.fromEntries(others),
    [tool]: 'tricloud',
    [made]: 'function',
    [archive]: toLabel(archiveSha256),
    ...(previous !== null && {
      [previousArchive]: toLabel(previous.archiveSha256),
      [previousGeneration]: previous.generation,
      [previousPlace]: previous.placeHash,
    }),
  };
}

/** What labels tell; what they do not tell, or not as tricloud does, is null. */
export function fromLabels(labels: Labels): Told {
  const isLastByUs = labels[tool] === 'tricloud';
  const before = fromLabel(labels[previousArchive]);
  const generation = labels[previousGeneration];
  const placeHash = labels[previousPlace];
  const isWhole = before !== null && generation !== undefined && placeHash !== undefined;
  return {
    isOurs: labels[made] === 'function',
    archiveSha256: isLastByUs ? fromLabel(labels[archive]) : null,
    previous: isWhole ? { archiveSha256: before, generation, placeHash } : null,
  };
}

/** A place's mark, to see that an earlier generation is looked for where it was left. */
export function placeHashOf({ bucket, object }: Pick<StorageSource, 'bucket' | 'object'>): string {
  return createHash('sha256').update(`${bucket}/${object}`).digest('hex').slice(0, 32);
}

// A label's value has 63 characters at most (https://cloud.google.com/run/docs/configuring/services/labels,
// 2026-11-22), a SHA-256 in hexadecimal has 64: so it is written in base 32, in 52.
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
