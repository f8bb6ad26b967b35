import type { Answer } from './fake-state.ts';

/** An answer as Resource Manager words its errors. */
export function error(status: number, code: string, message: string, details?: unknown): Answer {
  return {
    status,
    body: { error: { code, message, ...(details === undefined ? {} : { details }) } },
  };
}
