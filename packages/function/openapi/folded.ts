/**
 * A document in which each closed object whose properties are all required is written as its properties alone, and what
 * comes in not at all: the rest follows from them and from the schemas that read it, and every bundle carries the
 * document. `unfold` is its inverse.
 */
export function folded(document: object): object {
  return JSON.parse(JSON.stringify(document, fold));
}

function fold(key: string, value: unknown): unknown {
  if (key === 'UsageItem' || key === 'Workload') return {};
  if (typeof value !== 'object' || value === null || !('properties' in value)) return value;
  const { properties, ...rest } = value;
  const closed = { type: 'object', required: Object.keys(Object(properties)) };
  const isClosed =
    JSON.stringify({ ...closed, additionalProperties: false }) === JSON.stringify(rest);
  return isClosed ? { properties } : value;
}
