import * as v from 'valibot';
import { redactor } from '../engine/redact.ts';

/** What is wrong with an answer that no service of Google's should give, without what stands in it. */
export function unexpected(error: unknown): string {
  if (v.isValiError(error)) {
    const paths = error.issues.map((issue) => v.getDotPath(issue) ?? 'the whole');
    return `the answer is not as Google documents it, at ${paths.join(', ')}`;
  }
  return redactor()(error instanceof Error ? error.message : String(error));
}
