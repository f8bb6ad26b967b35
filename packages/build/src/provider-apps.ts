import type { ProviderId } from '@tricloud/core';
import type { ProviderApp } from './provider-app.ts';

/** Loads a provider's app, and nothing of the other two. */
export const loadProviderApp: Readonly<Record<ProviderId, () => Promise<ProviderApp>>> = {
  aws: async () => (await import('./aws/app.ts')).aws,
  google: async () => (await import('./google/app.ts')).google,
  azure: async () => (await import('./azure/app.ts')).azure,
};
