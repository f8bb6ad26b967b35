import { expect } from 'vitest';
import type { DeployError } from '../../src/engine/errors.ts';

/** What a piece of work failed with. */
export async function failed(work: Promise<unknown>): Promise<DeployError> {
  return work.then(
    () => expect.unreachable('it did not fail'),
    (error: DeployError) => error,
  );
}
