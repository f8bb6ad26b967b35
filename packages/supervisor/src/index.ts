export { type Child, type Exit } from './child.ts';
export { type Deferred, deferred, longestTimerMs, sleep } from './deferred.ts';
export { createLauncher, type Launch, type Launcher } from './launcher.ts';
export { watchMemory } from './memory-watch.ts';
export { type Instance, type Lease, Pool, type PoolOptions, type Readiness } from './pool.ts';
export { programBeside } from './program.ts';
export { startWatchdog, type Watchdog } from './watchdog.ts';
