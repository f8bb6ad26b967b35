import { deployedPlan, functionLimits } from '@tricloud/core/catalog';
import type { Archive } from '../archive/archive.ts';
import type { DeployContext } from '../engine/cloud.ts';
import { configurationLimitations } from '../engine/configuration.ts';
import type { DeploymentPlan, PlannedRequest, PlannedResource } from '../engine/plan.ts';
import { redactJson, redactor } from '../engine/redact.ts';
import type { Target } from '../engine/target.ts';
import { artifactName } from './deployment-file.ts';
import { deploymentsPrefix, stackName } from './names.ts';
import { packaged, type Templates } from './package.ts';
import { permissionsIn } from './permissions.ts';
import { named, placeholders, type Template } from './template.ts';

/** What each resource is for. */
const purposes: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'keeps this archive and the four before it',
  'AWS::S3::BucketPolicy': 'lets nobody read or write the bucket over plain HTTP',
  'AWS::Logs::LogGroup': 'keeps the function’s log for 14 days',
  'AWS::IAM::Role': 'what the function may do: write its log',
  'AWS::Lambda::Function': 'the function',
  'AWS::Lambda::Permission': 'lets the HTTP API, and nothing else, call the function',
  'AWS::ApiGatewayV2::Api': 'the public URL',
  'AWS::ApiGatewayV2::Stage': 'puts every change of the API online at once',
  'AWS::ApiGatewayV2::Integration': 'hands a request to the function',
  'AWS::ApiGatewayV2::Route': 'sends every path and method there',
};

/** What a deployment would do, from the templates that the Serverless Framework makes. */
export async function plan(
  target: Target,
  archive: Archive,
  context: DeployContext,
): Promise<DeploymentPlan> {
  const templates = await packaged(target, archive, context);
  const redact = redactor(context.env, target.environment);
  const { name, stage, region } = target;
  return {
    cloud: 'aws',
    name,
    stage,
    region,
    archive: { files: archive.files, size: archive.bytes.length, sha256: archive.sha256 },
    resources: resourcesOf(target, templates.update),
    permissions: permissionsIn(templates.update, target),
    requests: requestsOf(target, archive, templates).map(({ call, body }) => ({
      call,
      body: redactJson(hideSecrets(body, target), redact),
    })),
    placeholders,
    limitations: limitations(target),
    access: '',
  };
}

function resourcesOf(target: Target, { Resources }: Template): readonly PlannedResource[] {
  const resources = Object.entries(Resources).map(([logicalId, { Type, Properties }]) => {
    const { FunctionName, LogGroupName, RoleName, Name } = Properties;
    const name = Type === 'AWS::Lambda::Permission' ? undefined : FunctionName;
    return {
      type: Type,
      name: named(name ?? LogGroupName ?? RoleName ?? Name ?? logicalId, target),
      purpose: purposes[Type] ?? 'part of the stack',
    };
  });
  const stack = {
    type: 'AWS::CloudFormation::Stack',
    name: stackName(target),
    purpose: 'holds everything below, and takes it away again',
  };
  return [stack, ...resources];
}

function requestsOf(
  target: Target,
  archive: Archive,
  { create, update }: Templates,
): readonly PlannedRequest[] {
  const stack = stackName(target);
  const changeSet = {
    StackName: stack,
    ChangeSetName: `${stack}-change-set`,
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    Tags: [{ Key: 'STAGE', Value: target.stage }],
  };
  const execute = { StackName: stack, ChangeSetName: changeSet.ChangeSetName };
  const bucket = '<bucket>';
  const key = (name: string) => `${deploymentsPrefix(target)}${time}/${name}`;
  const template = key('compiled-cloudformation-template.json');
  return [
    {
      call: 'CreateChangeSet',
      body: { ...changeSet, ChangeSetType: 'CREATE', TemplateBody: create },
    },
    { call: 'ExecuteChangeSet', body: execute },
    { call: 'PutObject', body: { Bucket: bucket, Key: template, Body: timeless(update) } },
    { call: 'PutObject', body: { Bucket: bucket, Key: key('serverless-state.json') } },
    {
      call: 'PutObject',
      body: {
        Bucket: bucket,
        Key: key(artifactName),
        Body: `${archive.bytes.length} bytes, sha256 ${archive.sha256}`,
      },
    },
    { call: 'ValidateTemplate', body: { TemplateURL: template } },
    {
      call: 'CreateChangeSet',
      body: { ...changeSet, ChangeSetType: 'UPDATE', TemplateURL: template },
    },
    { call: 'ExecuteChangeSet', body: execute },
  ];
}

const time = '(time)';

/** A template without the moment at which it was made. */
function timeless(template: Template): unknown {
  const json = JSON.stringify(template);
  return JSON.parse(json.replaceAll(/\d{13}-\d{4}-\d\d-\d\dT[\d:.]+Z/g, time));
}

/** No reference to a secret is a secret, but what stands in the place of one may be. */
function hideSecrets(body: unknown, { secrets }: Target): unknown {
  const values = new Set(Object.values(secrets));
  return redactJson(body, (text) =>
    values.has(text) && !text.startsWith('{{resolve:') ? '[redacted]' : text,
  );
}

const httpSeconds = functionLimits(deployedPlan.aws).httpTimeoutMs / 1000;

function limitations(target: Target): readonly string[] {
  const { timeoutSeconds } = target;
  return [
    ...configurationLimitations(target),
    ...(timeoutSeconds >= httpSeconds
      ? [
          `an HTTP API waits ${httpSeconds} s for an answer: what takes longer runs up to ${timeoutSeconds} s and is paid for, and the caller has a 503`,
        ]
      : []),
  ];
}
