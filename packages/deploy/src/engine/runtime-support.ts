import { deployedRuntime, isPast, type ProviderId, providers } from '@tricloud/core/catalog';
import { type Check, check } from './check.ts';

/** Until when a cloud supports a runtime, according to the catalogue; `undefined` where that does not know it. */
export function runtimeSupport(
  cloud: ProviderId,
  runtimeId: string,
  today: string,
): { readonly endOfLife: string | null; readonly isOver: boolean } | undefined {
  const runtimes = providers.find(({ id }) => id === cloud)?.runtimes ?? [];
  const runtime = runtimes.find(({ id }) => id === runtimeId);
  return runtime && { endOfLife: runtime.endOfLife, isOver: isPast(runtime, today) };
}

/** End of support of the deployed Node.js. */
export function runtimeCheck(cloud: ProviderId, nowMs: number): Check {
  const runtime = deployedRuntime(cloud);
  const isOver = isPast(runtime, new Date(nowMs).toISOString().slice(0, 10));
  const until = runtime.endOfLife === null ? '' : `, supported until ${runtime.endOfLife}`;
  return check('runtime', isOver ? 'warning' : 'good', `Node.js ${runtime.version}${until}`);
}
