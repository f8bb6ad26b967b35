/** What is read of a Valibot schema, of those that the function's input is made of. */
interface Schema {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Schema>>;
  readonly item?: Schema;
  readonly wrapped?: Schema;
  readonly default?: unknown;
  readonly literal?: unknown;
  readonly options?: readonly unknown[];
  /** A schema, and what restricts it. */
  readonly pipe?: readonly [Schema, ...Step[]];
}

interface Step {
  readonly type: string;
  readonly requirement?: unknown;
  readonly description?: unknown;
}

/**
 * The JSON Schema of what the function reads, from the schema that it reads it with: every bundle has that anyway.
 * What goes out is not validated there, so its JSON Schemas are generated.
 */
export function jsonSchemaOf(schema: Schema): object {
  if (schema.pipe === undefined) return bare(schema);
  const [restricted, ...steps] = schema.pipe;
  return Object.assign(jsonSchemaOf(restricted), ...steps.map(restriction));
}

function bare({ type, entries = {}, options = [], ...schema }: Schema): object {
  switch (type) {
    case 'strict_object':
      return {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(entries).map(([name, entry]) => [name, jsonSchemaOf(entry)]),
        ),
        required: Object.keys(entries).filter((name) => entries[name]?.type !== 'optional'),
        additionalProperties: false,
      };
    case 'array':
      return { type, items: part(schema.item) };
    case 'optional':
      return { ...part(schema.wrapped), default: schema.default };
    case 'nullable':
      return { anyOf: [part(schema.wrapped), { type: 'null' }] };
    case 'union':
      return { anyOf: options.filter(isSchema).map(jsonSchemaOf) };
    case 'picklist':
      return { enum: options, type: typeof options[0] };
    case 'literal':
      return { const: schema.literal };
    default:
      return { type };
  }
}

function part(schema: Schema | undefined): object {
  return schema === undefined ? {} : jsonSchemaOf(schema);
}

function isSchema(option: unknown): option is Schema {
  return typeof option === 'object';
}

/** A check over two fields is nothing that JSON Schema can tell: it is left to the 422. */
function restriction({ type, requirement, description }: Step): object {
  switch (type) {
    case 'integer':
      return { type };
    case 'min_value':
      return { minimum: requirement };
    case 'gt_value':
      return { exclusiveMinimum: requirement };
    case 'max_value':
      return { maximum: requirement };
    case 'min_length':
      return { minItems: requirement };
    case 'max_length':
      return { maxItems: requirement };
    case 'description':
      return { description };
    default:
      return {};
  }
}
