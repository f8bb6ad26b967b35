import type { ProviderId } from '@tricloud/core';
import { aws } from './aws/app.ts';
import { azure } from './azure/app.ts';
import { google } from './google/app.ts';
import type { ProviderApp } from './provider-app.ts';

/** The app of each provider. */
export const providerApps: Readonly<Record<ProviderId, ProviderApp>> = { aws, google, azure };
