import type { ProviderId } from './provider-ids.ts';
import type { Runtime } from './runtime.ts';
import data from './runtimes.json' with { type: 'json' };
import type { Source } from './source.ts';
import type { Text } from './text.ts';

interface RuntimeData extends Pick<
  Runtime,
  'id' | 'language' | 'version' | 'endOfLife' | 'blocked'
> {
  readonly preview?: boolean;
  readonly note?: Text;
  /** Index in the provider's sources. */
  readonly source: number;
}

/** Managed runtimes of a provider; `endOfLife` is the deprecation, `blocked` the end of updates. */
export function runtimesOf(provider: ProviderId): readonly Runtime[] {
  const runtimes: readonly RuntimeData[] = data[provider].runtimes;
  const sources: readonly Source[] = data[provider].sources;
  return runtimes.map(({ preview = false, note = null, source: index, ...runtime }) => {
    const source = sources[index];
    if (source === undefined) throw new Error(`runtimes.json has no source of ${runtime.id}`);
    return { ...runtime, preview, note, source };
  });
}

/** Runtime that `tricloud deploy` asks the provider for. */
export function deployedRuntime(provider: ProviderId): Runtime {
  const { deployed } = data[provider];
  const runtime = runtimesOf(provider).find(({ id }) => id === deployed);
  if (runtime === undefined) throw new Error(`runtimes.json has no runtime ${deployed}`);
  return runtime;
}
