import { setTimeout as wait } from 'node:timers/promises';
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  now: () => new Date(),
  wait: (ms) => wait(ms),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
