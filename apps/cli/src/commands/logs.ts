import type { Action } from '../command-line/action.ts';
import type { deployments } from '../declarations/deployments.ts';
import { interruptible } from '../deploy/interruptible.ts';
import { asCommandError, printLines } from '../deploy/output.ts';
import { prepare } from '../deploy/prepare.ts';

/** `tricloud logs`: what the function logged, oldest first. */
export const logs: Action<typeof deployments.logs> = async (request) => {
  const { follow, since } = request.values;
  const { targets, redact, contextFor } = await prepare({
    ...request,
    operands: [request.operands],
  });
  const sinceMs = Date.now() - since.ms;
  return interruptible(async (signal) => {
    let isEmpty = true;
    try {
      for (const { cloud, target } of targets) {
        const context = contextFor({ signal });
        for await (const { at, text } of cloud.logs(target, { sinceMs, follow }, context)) {
          isEmpty = false;
          printLines(
            text.split('\n').map((line) => `${at}  ${line}`),
            redact,
          );
        }
      }
    } catch (error) {
      if (signal.aborted && follow) return 0;
      throw asCommandError(error, redact);
    }
    if (isEmpty) process.stderr.write(`no log entry in the last ${since.text}\n`);
    return 0;
  });
};
