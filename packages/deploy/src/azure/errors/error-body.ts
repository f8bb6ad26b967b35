import * as v from 'valibot';

/** What Azure says of an error. */
export interface AzureError {
  readonly code: string | null;
  readonly message: string;
}

const RecordSchema = v.record(v.string(), v.unknown());
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
  // Some services write `Code`.
  const fields = Object.entries(read.output).map(([name, value]) => [name.toLowerCase(), value]);
  const { error, details, message, code } = v.parse(RecordSchema, Object.fromEntries(fields));
  if (v.is(RecordSchema, error)) return innermost(error, depth + 1);
  const inner = [details, message].flat().flatMap((each) => innermost(each, depth + 1));
  if (inner.length > 0) return inner;
  const [text, id] = [message, code].map((each) => (typeof each === 'string' && each) || null);
  const said = text ?? id;
  return said ? [{ code: id ?? null, message: said }] : [];
}
