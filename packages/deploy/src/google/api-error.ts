/** What a Google API answered when it refused, by the names of `google.rpc.Code`; the same for gRPC and REST. */
export class ApiError extends Error {
  /** Such as `PERMISSION_DENIED`. */
  readonly code: string;
  /** The method, such as `CreateFunction`. */
  readonly call: string;
  /** `google.rpc.ErrorInfo`: such as `SERVICE_DISABLED`. */
  readonly reason: string | null;
  /** `google.rpc.ErrorInfo`: such as `permission` or `service`. */
  readonly facts: Readonly<Record<string, string>>;
  /** How long the service asks to be left alone. */
  readonly retryAfterMs: number | null;

  constructor(
    call: string,
    code: string,
    message: string,
    details: {
      readonly reason?: string | null;
      readonly facts?: Readonly<Record<string, string>>;
      readonly retryAfterMs?: number | null;
    } = {},
  ) {
    super(message);
    this.name = new.target.name;
    this.call = call;
    this.code = code;
    this.reason = details.reason ?? null;
    this.facts = details.facts ?? {};
    this.retryAfterMs = details.retryAfterMs ?? null;
  }
}

/** Whether an error is Google's answer with one of these codes. */
export function isApiError(error: unknown, ...codes: readonly string[]): error is ApiError {
  return error instanceof ApiError && (codes.length === 0 || codes.includes(error.code));
}
