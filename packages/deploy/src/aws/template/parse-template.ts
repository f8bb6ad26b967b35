import * as v from 'valibot';

const ResourceSchema = v.looseObject({
  Type: v.string(),
  Properties: v.optional(v.record(v.string(), v.unknown()), {}),
});

const TemplateSchema = v.looseObject({
  Resources: v.record(v.string(), ResourceSchema),
  Outputs: v.optional(v.record(v.string(), v.looseObject({ Value: v.unknown() })), {}),
});

/** A CloudFormation template, as far as it is read here. */
export type Template = v.InferOutput<typeof TemplateSchema>;

export type Resource = v.InferOutput<typeof ResourceSchema>;

/** A template from its JSON; null where it is none, such as one in YAML. */
export function parseTemplate(json: string): Template | null {
  try {
    const { success, output } = v.safeParse(TemplateSchema, JSON.parse(json));
    return success ? output : null;
  } catch {
    return null;
  }
}

/** The outputs that are plain texts: the record of a deployment. */
export function plainOutputs({ Outputs }: Template): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(Outputs).flatMap(([name, { Value }]) =>
      typeof Value === 'string' ? [[name, Value]] : [],
    ),
  );
}

/** The function's own resource in a template. */
export function functionIn(template: Template | null): Resource | undefined {
  return Object.values(template?.Resources ?? {}).find(
    ({ Type }) => Type === 'AWS::Lambda::Function',
  );
}

/** A value of a template as text: joins and substitutions are resolved, references remain as `${…}`. */
export function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(toText).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  const [[name, argument] = ['', undefined]] = Object.entries(value);
  return intrinsics[name]?.(argument) ?? JSON.stringify(value);
}

const intrinsics: Readonly<Record<string, (argument: unknown) => string | undefined>> = {
  Ref: (name) => `\${${toText(name)}}`,
  'Fn::Sub': toText,
  'Fn::GetAtt': (path) => (Array.isArray(path) ? `\${${path.map(toText).join('.')}}` : undefined),
  'Fn::Join': (argument) => {
    const [separator, parts]: readonly unknown[] = Array.isArray(argument) ? argument : [];
    return Array.isArray(parts) ? parts.map(toText).join(toText(separator)) : undefined;
  },
};
