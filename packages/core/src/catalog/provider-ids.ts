/** The clouds, in the order in which they are shown. */
export const providerIds = ['aws', 'google', 'azure'] as const;

/** One of the three clouds. */
export type ProviderId = (typeof providerIds)[number];

/** Region in which functions run where none is named. */
export const defaultRegions = {
  aws: 'us-east-1',
  google: 'us-central1',
  azure: 'eastus',
} as const satisfies Record<ProviderId, string>;
