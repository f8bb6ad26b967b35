import { deployedRuntime, isPast, type ProviderId } from '@tricloud/core/catalog';
import { type Check, check } from './check.ts';

/** End of support of the deployed Node.js. */
export function runtimeCheck(cloud: ProviderId, nowMs: number): Check {
  const runtime = deployedRuntime(cloud);
  const isOver = isPast(runtime, new Date(nowMs).toISOString().slice(0, 10));
  const until = runtime.endOfLife === null ? '' : `, supported until ${runtime.endOfLife}`;
  return check('runtime', isOver ? 'warning' : 'good', `Node.js ${runtime.version}${until}`);
}
