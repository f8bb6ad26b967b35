import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const home = await mkdtemp(join(tmpdir(), 'tricloud-home-'));
afterAll(() => rm(home, { recursive: true, force: true }));

/** A machine without an account: an empty home, and no machine that has a role of its own. */
export const noAccount = {
  HOME: home,
  AWS_EC2_METADATA_DISABLED: 'true',
  METADATA_SERVER_DETECTION: 'none',
} as const;
