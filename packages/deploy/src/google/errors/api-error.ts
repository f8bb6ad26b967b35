import * as v from 'valibot';
import type { HttpAnswer, HttpError } from '../../engine/http-client.ts';

/** How Google's REST APIs refuse: https://google.aip.dev/193 (2026-11-22). */
const Refusal = v.object({
  error: v.object({
    message: v.optional(v.string(), ''),
    status: v.optional(v.string()),
    details: v.optional(
      v.array(
        v.object({
          reason: v.optional(v.string()),
          metadata: v.optional(v.record(v.string(), v.string())),
          retryDelay: v.optional(v.string()),
        }),
      ),
      [],
    ),
  }),
});

/** Codes for answers that name none. */
const codesByStatus: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
};

/** The project and the IAM member of a deployer, for the commands that fix a refusal. */
export interface Deployer {
  readonly project: string;
  /** As gcloud takes it, such as `serviceAccount:ci@my-shop.iam.gserviceaccount.com`. */
  readonly member: string;
}

/** A request that a Google API refused, or did not answer. */
export class ApiError extends Error {
  /** API and method, such as `run GetIamPolicy`. */
  readonly call: string;
  /** Name of a `google.rpc.Code`, such as `PERMISSION_DENIED`. */
  readonly code: string;
  /** `google.rpc.ErrorInfo`, such as `SERVICE_DISABLED` and its `service`. */
  readonly reason: string | null;
  readonly facts: Readonly<Record<string, string>>;
  /** True where it is unknown whether the request was executed. */
  readonly isAmbiguous: boolean;
  /** The wait that the service asks for; null where it does not say. */
  readonly retryAfterMs: number | null;
  readonly deployer: Deployer;

  constructor(cause: HttpError, deployer: Deployer) {
    const { answer, call, isAmbiguous, retryAfterMs } = cause;
    const { code, message, reason, facts } = readRefusal(answer);
    super(message || cause.message, { cause });
    this.name = new.target.name;
    this.call = call;
    this.code = code;
    this.reason = reason;
    this.facts = facts;
    this.isAmbiguous = isAmbiguous;
    this.retryAfterMs = retryAfterMs;
    this.deployer = deployer;
  }
}

/** True for a refusal with one of these codes. */
export function isApiError(error: unknown, ...codes: readonly string[]): error is ApiError {
  return error instanceof ApiError && codes.includes(error.code);
}

/** The value, or null where the resource does not exist. */
export async function nullIfMissing<T>(value: Promise<T>): Promise<T | null> {
  try {
    return await value;
  } catch (error) {
    if (isApiError(error, 'NOT_FOUND')) return null;
    throw error;
  }
}

/** Milliseconds that an answer's `google.rpc.RetryInfo` asks for; null without one. */
export function readRetryInfo({ json }: HttpAnswer): number | null {
  const parsed = v.safeParse(Refusal, json);
  const details = parsed.success ? parsed.output.error.details : [];
  const delay = details.find(({ retryDelay }) => retryDelay !== undefined)?.retryDelay;
  return delay === undefined ? null : Number.parseFloat(delay) * 1000;
}

function readRefusal(answer: HttpAnswer | null) {
  const code = codesByStatus[answer?.status ?? 0] ?? 'UNAVAILABLE';
  const parsed = v.safeParse(Refusal, answer?.json);
  if (!parsed.success) return { code, message: readXml(answer), reason: null, facts: {} };
  const { message, status = code, details } = parsed.output.error;
  const { reason = null, metadata: facts = {} } = details.find((each) => each.reason) ?? {};
  return { code: status, message, reason, facts };
}

// Cloud Storage answers in XML, and repeats the signed URL elsewhere in it
// (https://cloud.google.com/storage/docs/xml-api/reference-status, 2026-11-22).
function readXml(answer: HttpAnswer | null): string {
  const elements = ['Code', 'Message'].flatMap(
    (name) => new RegExp(`<${name}>([^<]{1,300})</`).exec(answer?.text ?? '')?.[1] ?? [],
  );
  return elements.join(': ');
}
