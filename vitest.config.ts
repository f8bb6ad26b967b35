import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['packages/*', 'apps/*', 'examples/*'],
    // Tests start child processes and bundle apps; two cores under load need more than the default 5 s.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
