import * as v from 'valibot';
import type { PlannedPermission } from '../plan.ts';
import { inWords, type Template } from './template.ts';

const StatementSchema = v.looseObject({
  Effect: v.string(),
  Action: v.union([v.string(), v.array(v.string())]),
  Principal: v.optional(v.unknown()),
  Resource: v.optional(v.unknown()),
});
const PolicySchema = v.looseObject({ Statement: v.array(StatementSchema) });
const RoleSchema = v.looseObject({
  RoleName: v.unknown(),
  AssumeRolePolicyDocument: PolicySchema,
  Policies: v.array(v.looseObject({ PolicyDocument: PolicySchema })),
});

type Statement = v.InferOutput<typeof StatementSchema>;

/** Who may do what on what, as a template says it. */
export function permissionsIn({ Resources }: Template): readonly PlannedPermission[] {
  return Object.values(Resources).flatMap(({ Type, Properties }) => {
    if (Type === 'AWS::IAM::Role') return ofRole(v.parse(RoleSchema, Properties));
    if (Type === 'AWS::S3::BucketPolicy') {
      const { Statement } = v.parse(PolicySchema, Properties['PolicyDocument']);
      return Statement.map((each) => toPermission('everybody', each, 'over plain HTTP'));
    }
    if (Type !== 'AWS::Lambda::Permission') return [];
    return [
      {
        who: `${inWords(Properties['Principal'])} for ${inWords(Properties['SourceArn'])}`,
        actions: [inWords(Properties['Action'])],
        on: inWords(Properties['FunctionName']),
      },
    ];
  });
}

function ofRole(role: v.InferOutput<typeof RoleSchema>): readonly PlannedPermission[] {
  const name = inWords(role.RoleName);
  return [
    ...role.AssumeRolePolicyDocument.Statement.map((each) =>
      toPermission(servicesOf(each.Principal), { ...each, Resource: `the role ${name}` }),
    ),
    ...role.Policies.flatMap(({ PolicyDocument }) =>
      PolicyDocument.Statement.map((each) => toPermission(`the function, as ${name}`, each)),
    ),
  ];
}

function toPermission(who: string, statement: Statement, when?: string): PlannedPermission {
  const { Effect, Action, Resource } = statement;
  const denied = Effect === 'Deny' ? `denied${when === undefined ? '' : ` ${when}`}: ` : '';
  return {
    who,
    actions: [Action].flat().map((action) => `${denied}${action}`),
    on: inWords(Resource),
  };
}

function servicesOf(principal: unknown): string {
  if (typeof principal !== 'object' || principal === null) return inWords(principal);
  return Object.values(principal).map(inWords).join(', ');
}
