import * as v from 'valibot';
import type { PlannedPermission } from '../engine/plan.ts';
import type { Target } from '../engine/target.ts';
import { inWords, named, type Template } from './template.ts';

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

/** Who may do what on what, as a template says it. */
export function permissionsIn(
  { Resources }: Template,
  target: Target,
): readonly PlannedPermission[] {
  const inFull = (part: unknown): string => named(part, target);
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
      return Statement.map((each) => toPermission(whoeverMeets(each.Condition), each));
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
  if (typeof principal !== 'object' || principal === null) return inWords(principal);
  return Object.values(principal).map(inWords).join(', ');
}

/** The one condition that the framework writes, in words. */
function whoeverMeets(condition: unknown): string {
  const json = JSON.stringify(condition ?? {});
  return json === '{"Bool":{"aws:SecureTransport":false}}' ? ' over plain HTTP' : ` who ${json}`;
}
