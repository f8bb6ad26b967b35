import { toLambda } from '@tricloud/adapters/aws';
import { handler as fetchHandler } from '@tricloud/function';

/** The Lambda function: `handler` in serverless.yml names it. */
export const handler = toLambda(fetchHandler);
