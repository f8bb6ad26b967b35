import { type ProviderId, providerIds } from '@tricloud/core/catalog';
import type { ParsedBy } from '../command-line/parse.ts';
import type { dev } from '../declarations/local.ts';
import { UsageError } from '../errors.ts';

type DevValues = ParsedBy<typeof dev>['values'];

/** The runtimes of `tricloud dev` and their ports. */
export interface Runtimes {
  readonly providers: readonly ProviderId[];
  readonly ports: Readonly<Record<'console' | ProviderId, number>>;
}

/** @throws {UsageError} where options contradict each other. */
export function runtimesOf({ only, inspect, ...values }: DevValues): Runtimes {
  const named = only.flat();
  if (only.length > 0 && named.length === 0) {
    throw new UsageError('--only names no provider', { hint: 'such as --only aws,azure' });
  }
  const providers =
    only.length === 0 ? providerIds : providerIds.filter((id) => named.includes(id));
  if (inspect !== undefined && !providers.includes(inspect)) {
    throw new UsageError(`--inspect ${inspect}, but --only leaves ${inspect} out`);
  }
  const ports = {
    console: values.portConsole,
    aws: values.portAws,
    google: values.portGoogle,
    azure: values.portAzure,
  };
  refuseSharedPorts(['console', ...providers], ports);
  return { providers, ports };
}

function refuseSharedPorts(
  names: readonly ('console' | ProviderId)[],
  ports: Runtimes['ports'],
): void {
  for (const [i, name] of names.entries()) {
    const other = names.slice(0, i).find((id) => ports[id] !== 0 && ports[id] === ports[name]);
    if (other === undefined) continue;
    throw new UsageError(`--port-${other} and --port-${name} are both ${ports[name]}`, {
      hint: 'each needs a port of its own; 0 takes a free one',
    });
  }
}
