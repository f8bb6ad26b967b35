import type { IndexedFunction } from './function-index.ts';
import type { LogLevel } from './host-types.ts';

/** Says what a developer should know of the functions that were found. */
export function reportFunctions(
  functions: readonly IndexedFunction[],
  system: (level: LogLevel, message: string) => void,
): void {
  if (functions.length === 0) {
    system(
      'warning',
      'No job functions found. Does "main" in package.json name the files that register them?',
    );
  }
  for (const { shown, isRunnable, otherBindings, kind, registered } of functions) {
    if (kind === 'http' && registered.retry !== undefined) {
      system(
        'warning',
        `Soon retries will not be supported for function '${shown.name}'. For more information please visit http://aka.ms/func-retry-policies.`,
      );
    }
    if (shown.error !== undefined) {
      const level = isRunnable ? 'warning' : 'error';
      system(level, `The '${shown.name}' function is in error: ${shown.error}`);
    }
    if (otherBindings.length > 0) {
      system(
        'warning',
        `Function '${shown.name}' has bindings that need extensions, which do not run here: ${otherBindings.join(', ')}.`,
      );
    }
  }
}
