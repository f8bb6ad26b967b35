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

/** A template from its JSON. */
export function parseTemplate(json: string): Template {
  return v.parse(TemplateSchema, JSON.parse(json));
}

/** The outputs that are plain texts: those that `tricloud deploy` put there. */
export function plainOutputs({ Outputs }: Template): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(Outputs).flatMap(([name, { Value }]) =>
      typeof Value === 'string' ? [[name, Value]] : [],
    ),
  );
}

/**
 * A part of a template in words: what it joins, substitutes or refers to stands as `${…}`. Nothing is looked up.
 */
export function inWords(part: unknown): string {
  if (typeof part === 'string') return part;
  if (Array.isArray(part)) return part.map(inWords).join(', ');
  if (typeof part !== 'object' || part === null) return String(part);
  const [[name, value] = ['', undefined]] = Object.entries(part);
  if (name === 'Ref') return `\${${inWords(value)}}`;
  if (name === 'Fn::Sub') return inWords(value);
  if (name === 'Fn::GetAtt' && Array.isArray(value)) return `\${${value.map(inWords).join('.')}}`;
  if (name === 'Fn::Join' && Array.isArray(value) && Array.isArray(value[1])) {
    return value[1].map(inWords).join(inWords(value[0]));
  }
  return JSON.stringify(part);
}
