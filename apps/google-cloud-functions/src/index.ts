import { leaveBodiesUnread, toCloudFunction } from '@tricloud/adapters/google';
import { handler } from '@tricloud/function';

leaveBodiesUnread();

/** The HTTP function: `--target=tricloud` and `FUNCTION_TARGET` name it. */
export const tricloud = toCloudFunction(handler);
