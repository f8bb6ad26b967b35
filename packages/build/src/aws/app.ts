import { modulePackageJson, type ProviderApp } from '../provider-app.ts';

/** AWS Lambda: the handler is `index.handler`. */
export const aws: ProviderApp = {
  folder: 'aws-lambda',
  entry: `import { toLambda } from '@tricloud/adapters/aws';
import { handler as fetchHandler } from '@tricloud/function';

export const handler = toLambda(fetchHandler);
`,
  bundleOptions: {},
  files: [modulePackageJson],
};
