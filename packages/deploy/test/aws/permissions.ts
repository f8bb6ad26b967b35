import * as v from 'valibot';
import type { PlannedPermission } from '../../src/engine/plan.ts';
import type { Target } from '../../src/engine/target.ts';
import { stackName } from '../../src/aws/template/names.ts';
import { type Template, toText } from '../../src/aws/template/parse-template.ts';
import { partitionOf } from '../../src/aws/template/regions.ts';

const StatementSchema = v.looseObject({
  Effect: v.string(),
  Action: v.union([v.string(), v.array(v.string())]),
  Principal: v.optional(v.unknown()),
  Resource: v.optional(v.unknown()),
  Condition: v.optional(v.unknown()),
});
const PolicySchema = v.looseObject({ Statement: v.array(StatementSchema) });
const RoleSchema = v.looseObject({
  RoleName: v.unknown(),
  AssumeRolePolicyDocument: PolicySchema,
  Policies: v.array(v.looseObject({ PolicyDocument: PolicySchema })),
});

type Statement = v.InferOutput<typeof StatementSchema>;

/** Who may do what on what, according to a template. */
export function permissionsIn(
  { Resources }: Template,
  target: Target,
): readonly PlannedPermission[] {
  const inFull = (part: unknown): string => toResolvedText(part, target);
  const toPermission = (who: string, { Effect, Action, Resource }: Statement) => ({
    who: Effect === 'Deny' ? `nobody${who}` : who,
    actions: [Action].flat(),
    on: inFull(Resource),
  });
  return Object.values(Resources).flatMap(({ Type, Properties }) => {
    if (Type === 'AWS::IAM::Role') {
      const { RoleName, AssumeRolePolicyDocument, Policies } = v.parse(RoleSchema, Properties);
      const role = `the role ${inFull(RoleName)}`;
      return [
        ...AssumeRolePolicyDocument.Statement.map((each) =>
          toPermission(servicesOf(each.Principal), { ...each, Resource: role }),
        ),
        ...Policies.flatMap(({ PolicyDocument }) =>
          PolicyDocument.Statement.map((each) => toPermission(`the function, by ${role}`, each)),
        ),
      ];
    }
    if (Type === 'AWS::S3::BucketPolicy') {
      const { Statement } = v.parse(PolicySchema, Properties['PolicyDocument']);
      return Statement.map((each) => toPermission(conditionText(each.Condition), each));
    }
    if (Type !== 'AWS::Lambda::Permission') return [];
    return [
      {
        who: `${inFull(Properties['Principal'])}, for ${inFull(Properties['SourceArn'])} alone`,
        actions: [inFull(Properties['Action'])],
        on: inFull(Properties['FunctionName']),
      },
    ];
  });
}

function servicesOf(principal: unknown): string {
  if (typeof principal !== 'object' || principal === null) return toText(principal);
  return Object.values(principal).map(toText).join(', ');
}

/** The bucket policy's one condition, as text. */
function conditionText(condition: unknown): string {
  const json = JSON.stringify(condition ?? {});
  return json === '{"Bool":{"aws:SecureTransport":false}}' ? ' over plain HTTP' : ` who ${json}`;
}

/** A value of a template as text, with every reference that is known before the stack exists resolved. */
function toResolvedText(value: unknown, target: Target): string {
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
  return toText(value).replaceAll(/\$\{([\w:.]+)\}/g, (whole, name) => names[name] ?? whole);
}
