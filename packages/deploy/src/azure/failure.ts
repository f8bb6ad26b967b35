/** What Azure said of a failure: the innermost of it, and what its support asks for. */
export interface Failure {
  readonly code: string | null;
  readonly message: string;
  /** HTTP’s; null where nothing was answered. */
  readonly status: number | null;
  readonly correlationId: string | null;
}

/** Reads what a client of Azure threw. */
export function readFailure(error: unknown): Failure {
  const thrown = record(error) ?? {};
  const response = record(thrown['response']);
  const body = parsed(response?.['bodyAsText']) ?? thrown['details'];
  const innermost = readErrorBody(body);
  const said = error instanceof Error ? error.message : String(error);
  return {
    code: innermost?.code ?? text(thrown['code']),
    message: innermost?.message ?? said.trim(),
    status: number(thrown['statusCode']) ?? number(response?.['status']),
    correlationId: header(response?.['headers'], 'x-ms-correlation-request-id'),
  };
}

/**
 * The innermost errors of an answer of Resource Manager: `error`, its `details`, and the JSON that stands in
 * messages as text, https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/find-error-code.
 * Null where no error stands in it.
 */
export function readErrorBody(body: unknown): Pick<Failure, 'code' | 'message'> | null {
  const found = innermostOf(body, 0);
  const [first] = found;
  if (first === undefined) return null;
  const messages = [...new Set(found.map(({ message }) => message))];
  return { code: first.code, message: messages.join('; ') };
}

function innermostOf(node: unknown, depth: number): readonly Pick<Failure, 'code' | 'message'>[] {
  // Nothing of Azure’s is nested this deep; something else might be.
  if (depth > 20) return [];
  const object = record(typeof node === 'string' ? parsed(node) : node);
  if (object === null) return [];
  const wrapped = object['error'] ?? object['Error'];
  if (record(wrapped) !== null) return innermostOf(wrapped, depth + 1);
  const details = object['details'] ?? object['Details'];
  const inner = Array.isArray(details)
    ? details.flatMap((each) => innermostOf(each, depth + 1))
    : [];
  if (inner.length > 0) return inner;
  const message = text(object['message'] ?? object['Message']);
  const nested = message === null ? [] : innermostOf(message, depth + 1);
  if (nested.length > 0) return nested;
  const code = text(object['code'] ?? object['Code']);
  return message === null && code === null ? [] : [{ code, message: message ?? code ?? '' }];
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !value.trim().startsWith('{')) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== 'object' || value === null) return null;
  // An Error’s own fields are not all enumerable.
  return new Proxy<Record<string, unknown>>({}, { get: (_none, name) => Reflect.get(value, name) });
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function header(headers: unknown, name: string): string | null {
  const object = record(headers);
  const get = object?.['get'];
  return typeof get === 'function' ? text(get.call(headers, name)) : null;
}
