import * as v from 'valibot';
import { redactor } from '../engine/redact.ts';
import { ApiError } from './api-error.ts';
import { unexpected } from './unexpected.ts';

/** The names of `google.rpc.Code`, by number. */
const codes = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const;

const Seconds = v.union([
  v.number(),
  v.pipe(v.string(), v.transform(Number)),
  // A 64-bit number of protobufjs.
  v.pipe(
    v.object({ low: v.number(), high: v.number() }),
    v.transform(({ low, high }) => high * 2 ** 32 + (low >>> 0)),
  ),
]);

/** `google.rpc.RetryInfo`, among the details that the client decodes. */
const RetryInfo = v.object({
  retryDelay: v.object({ seconds: v.optional(Seconds, 0), nanos: v.optional(v.number(), 0) }),
});

/** As much of the client's error as is safe to keep; its metadata may hold more than anybody should see. */
const GrpcError = v.object({
  code: v.number(),
  details: v.optional(v.string()),
  message: v.string(),
  reason: v.optional(v.string()),
  errorInfoMetadata: v.optional(v.record(v.string(), v.string())),
  statusDetails: v.optional(v.union([v.string(), v.array(v.unknown())])),
});

/** The name of a code, such as `NOT_FOUND` for 5. */
export function codeName(code: number): string {
  return codes[code] ?? 'UNKNOWN';
}

/** What the official client threw, without what it carries along. */
export function fromGrpc(call: string, error: unknown): ApiError {
  const parsed = v.safeParse(GrpcError, error);
  // Before anything was sent, or of an answer that cannot be read.
  if (!parsed.success) return new ApiError(call, 'FAILED_PRECONDITION', unexpected(error));
  const { code, details, message, reason, errorInfoMetadata, statusDetails } = parsed.output;
  const said = details !== undefined && details !== '' ? details : message;
  return new ApiError(call, codeName(code), redactor()(said), {
    reason: reason ?? null,
    facts: errorInfoMetadata ?? {},
    retryAfterMs: Array.isArray(statusDetails) ? retryAfter(statusDetails) : null,
  });
}

function retryAfter(details: readonly unknown[]): number | null {
  for (const detail of details) {
    const parsed = v.safeParse(RetryInfo, detail);
    if (!parsed.success) continue;
    const { seconds, nanos } = parsed.output.retryDelay;
    return seconds * 1000 + nanos / 1e6;
  }
  return null;
}
