import type { CaseResult } from './contract.ts';

/** How every case went on one runtime. */
export interface RuntimeResults {
  /** What heads its column, such as `aws`. */
  readonly runtime: string;
  readonly results: readonly CaseResult[];
}

/** Fails the cases whose answers should be the same on every runtime and are not: each is held against the first runtime's. */
export function agree(all: readonly RuntimeResults[]): readonly RuntimeResults[] {
  const first = new Map<string, { readonly runtime: string; readonly fingerprint: string }>();
  for (const { runtime, results } of all) {
    for (const { id, fingerprint } of results) {
      if (fingerprint !== undefined && !first.has(id)) first.set(id, { runtime, fingerprint });
    }
  }
  return all.map(({ runtime, results }) => ({
    runtime,
    results: results.map((result): CaseResult => {
      const wanted = first.get(result.id);
      if (result.fingerprint === undefined || wanted?.fingerprint === result.fingerprint)
        return result;
      return {
        id: result.id,
        title: result.title,
        status: 'failed',
        detail: `the answer is not the one that ${wanted?.runtime} gave`,
        fingerprint: result.fingerprint,
      };
    }),
  }));
}
