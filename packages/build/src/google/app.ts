import { jsonFile, type ProviderApp } from '../provider-app.ts';
import packageJson from './deployable/package.json' with { type: 'json' };
import packageLock from './deployable/package-lock.json' with { type: 'json' };

/** Cloud Run functions: `--target=tricloud` and `FUNCTION_TARGET` name the function. */
export const google: ProviderApp = {
  folder: 'google-cloud-functions',
  entry: `import { leaveBodiesUnread, toCloudFunction } from '@tricloud/adapters/google';
import { handler } from '@tricloud/function';

leaveBodiesUnread();

export const tricloud = toCloudFunction(handler);
`,
  bundleOptions: {},
  files: [jsonFile('package.json', packageJson), jsonFile('package-lock.json', packageLock)],
};
