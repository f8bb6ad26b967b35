import { isPast, type ProviderId, providers } from '@tricloud/core/catalog';

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
