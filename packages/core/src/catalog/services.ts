import type { Service } from './service.ts';
import data from './services.json' with { type: 'json' };

/** The eleven serverless services of AWS that the lesson names, in its order. */
export const services: readonly Service[] = data;
