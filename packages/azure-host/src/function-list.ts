import type { Host } from './host-types.ts';

/** The block that Core Tools prints when it is ready: `Functions:` and a line for each function. */
export function formatFunctionList(host: Pick<Host, 'functions' | 'port'>): string {
  const lines = host.functions.map((shown) => {
    if (shown.route !== undefined && shown.error === undefined && !shown.isDisabled) {
      return `\t${shown.name}: [${shown.methods.join(',')}] http://localhost:${host.port}/${shown.route}`;
    }
    if (shown.isDisabled) return `\tFunction ${shown.name} is disabled.`;
    if (shown.error !== undefined) return `\t${shown.name}: ${shown.error}`;
    return `\t${shown.name}: ${shown.trigger}`;
  });
  return ['Functions:', '', ...lines.flatMap((line) => [line, ''])].join('\n');
}
