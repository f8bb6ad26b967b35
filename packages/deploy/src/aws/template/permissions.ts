import type { PlannedPermission } from '../../engine/plan.ts';
import type { Target } from '../../engine/target.ts';
import { logGroupName, roleName, stackName } from './names.ts';
import { partitionOf } from './regions.ts';

/** The permissions that the template grants and denies. */
export function permissions(target: Target): readonly PlannedPermission[] {
  const { region } = target;
  const arn = `arn:${partitionOf(region).name}`;
  const role = `the role ${roleName(target)}`;
  return [
    {
      who: 'nobody over plain HTTP',
      actions: ['s3:*'],
      on: `${arn}:s3:::<bucket>/*, ${arn}:s3:::<bucket>`,
    },
    { who: 'lambda.amazonaws.com', actions: ['sts:AssumeRole'], on: role },
    {
      who: `the function, by ${role}`,
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      on: `${arn}:logs:${region}:<account>:log-group:${logGroupName(target)}:*`,
    },
    {
      who: `apigateway.amazonaws.com, for ${arn}:execute-api:${region}:<account>:<api>/$default/$default alone`,
      actions: ['lambda:InvokeFunction'],
      on: `${arn}:lambda:${region}:<account>:function:${stackName(target)}`,
    },
  ];
}
