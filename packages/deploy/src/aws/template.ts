import * as v from 'valibot';
import type { Placeholder } from '../engine/plan.ts';
import type { Target } from '../engine/target.ts';
import { stackName } from './names.ts';
import { partitionOf } from './regions.ts';

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

/** A template from its JSON; null where it is none, such as one in YAML. */
export function parseTemplate(json: string): Template | null {
  try {
    const { success, output } = v.safeParse(TemplateSchema, JSON.parse(json));
    return success ? output : null;
  } catch {
    return null;
  }
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

/** What stands for the names that AWS gives when it makes a stack. */
export const placeholders: readonly Placeholder[] = [
  { name: '<account>', meaning: 'the number of the AWS account' },
  { name: '<bucket>', meaning: 'ServerlessDeploymentBucket, by the name that AWS gives it' },
  { name: '<api>', meaning: 'the id that AWS gives the HTTP API' },
];

/** A part of a template in words, everything in it by name that is known before the stack is there. */
export function named(part: unknown, target: Target): string {
  const { region } = target;
  const partition = partitionOf(region).name;
  const names: Readonly<Record<string, string>> = {
    'AWS::Region': region,
    'AWS::Partition': partition,
    'AWS::AccountId': '<account>',
    ServerlessDeploymentBucket: '<bucket>',
    HttpApi: '<api>',
    'TricloudLambdaFunction.Arn': `arn:${partition}:lambda:${region}:<account>:function:${stackName(target)}`,
  };
  return inWords(part).replaceAll(/\$\{([\w:.]+)\}/g, (whole, name) => names[name] ?? whole);
}
