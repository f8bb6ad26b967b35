import * as v from 'valibot';

/** What Azure says of an error. */
export interface AzureError {
  readonly code: string | null;
  readonly message: string;
}

const RecordSchema = v.record(v.string(), v.unknown());
const TextSchema = v.pipe(v.string(), v.nonEmpty());
const JsonRecordSchema = v.union([RecordSchema, v.pipe(v.string(), v.parseJson(), RecordSchema)]);

/**
 * Reads the innermost errors of an answer of Resource Manager: `error`, its `details`, and the JSON that messages
 * contain as text, https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/find-error-code.
 * Null where there is none.
 */
export function readErrorBody(body: unknown): AzureError | null {
  const found = innermost(body, 0);
  const [first] = found;
  if (first === undefined) return null;
  const messages = [...new Set(found.map(({ message }) => message))];
  return { code: first.code, message: messages.join('; ') };
}

function innermost(node: unknown, depth: number): readonly AzureError[] {
  const read = v.safeParse(JsonRecordSchema, node);
  // Azure nests no error this deep.
  if (!read.success || depth > 20) return [];
  const field = (name: string) =>
    read.output[name] ?? read.output[name[0]?.toUpperCase() + name.slice(1)];
  const wrapped = field('error');
  if (v.is(RecordSchema, wrapped)) return innermost(wrapped, depth + 1);
  const details = field('details');
  const inner = Array.isArray(details) ? details.flatMap((each) => innermost(each, depth + 1)) : [];
  if (inner.length > 0) return inner;
  const nested = innermost(field('message'), depth + 1);
  if (nested.length > 0) return nested;
  const [code, message] = [textOf(field('code')), textOf(field('message'))];
  return message === null && code === null ? [] : [{ code, message: message ?? code ?? '' }];
}

function textOf(value: unknown): string | null {
  return v.is(TextSchema, value) ? value : null;
}
