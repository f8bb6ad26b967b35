import type { Place } from '../contract.ts';

/** Everywhere the probe can stand in place of the shipped function. */
export const probed: readonly Place[] = ['memory', 'bundle', 'local'];

/** Where a provider's event can be given to the function by hand. */
export const byEvent: readonly Place[] = ['memory', 'bundle'];
