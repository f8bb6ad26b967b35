'use strict';

const { existsSync, readFileSync } = require('node:fs');
const path = require('node:path');

/** The step that a hook of the framework begins, as it is told to the process that waits for this one. */
const steps = {
  'before:aws:deploy:deploy:createStack': 'create',
  'before:aws:deploy:deploy:uploadArtifacts': 'upload',
  'before:aws:deploy:deploy:updateStack': 'update',
  'before:aws:deploy:finalize:cleanup': 'clean',
};

/** What the Serverless Framework's template needs before it is sent, and what `tricloud deploy` brings along. */
module.exports = function TricloudPlugin(serverless) {
  const file = path.join(serverless.serviceDir, 'deployment.json');
  const deployment = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const { service } = serverless;

  this.hooks = {
    'after:aws:package:finalize:mergeCustomProviderResources': () => {
      const template = service.provider.compiledCloudFormationTemplate;
      leastPrivilege(template);
      dropImpliedDependencies(template);
      // An exported name is the whole region's, and nothing imports these.
      for (const output of Object.values(template.Outputs)) delete output.Export;
      if (deployment === undefined) return;
      const outputs = { ...deployment.outputs, Deployment: service.package.artifactDirectoryName };
      for (const [name, value] of Object.entries(outputs))
        template.Outputs[name] = { Value: value };
    },
  };
  if (deployment === undefined) return;

  // Variables as they are: in serverless.yml the framework would take a `${…}` in one of them for its own.
  this.hooks.initialize = () => {
    service.provider.environment = deployment.environment;
  };
  // Whoever started this was killed: nobody would hear how it ends, nor remove what it writes.
  process.once('disconnect', () => process.exit(1));
  process.channel?.unref();
  for (const [hook, step] of Object.entries(steps)) {
    this.hooks[hook] = () => void process.send?.({ step });
  }
  // The values come from a target whose every rule was checked; compiling the schema of all that the framework
  // can do takes twice as long as everything else that it does.
  serverless.configSchemaHandler.validateConfig = async () => undefined;
};

/**
 * The framework lets the function write to every log group whose name begins as its own does, create them, and be
 * called by every route and stage of the API.
 */
function leastPrivilege({ Resources: resources }) {
  const ofType = (type) => Object.values(resources).filter(({ Type }) => Type === type);
  const groups = ofType('AWS::Logs::LogGroup').map(({ Properties }) => Properties.LogGroupName);
  for (const { Properties: role } of ofType('AWS::IAM::Role')) {
    for (const { PolicyDocument: policy } of role.Policies) {
      policy.Statement = [
        {
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          // No name of a log group has a colon, so that what follows it is the name of a stream.
          // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
          Resource: groups.map((group) => ({
            'Fn::Sub': `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:${group}:*`,
          })),
        },
        ...policy.Statement.filter(({ Action }) => ![Action].flat().every(isLogAction)),
      ];
    }
  }
  for (const { Properties: permission } of ofType('AWS::Lambda::Permission')) {
    if (permission.Principal !== 'apigateway.amazonaws.com') continue;
    // Stage and route of an HTTP API that has one of each, and no method between them: an HTTP API names the stage
    // `$default` as any other (`routeArn` of its requests), and the route `$default` has two parts and not three.
    // https://github.com/aws/serverless-application-model/issues/1860
    permission.SourceArn = {
      'Fn::Sub':
        'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${HttpApi}/$default/$default',
    };
  }
}

function isLogAction(action) {
  return action.startsWith('logs:');
}

/** Drops what a Ref, a GetAtt or a Sub says already: stricter validators refuse it (cfn-lint W3005). */
function dropImpliedDependencies({ Resources: resources }) {
  for (const resource of Object.values(resources)) {
    if (resource.DependsOn === undefined) continue;
    const implied = referencesIn(resource.Properties);
    const left = [resource.DependsOn].flat().filter((name) => !implied.has(name));
    if (left.length > 0) resource.DependsOn = left;
    else delete resource.DependsOn;
  }
}

/** Names of the resources that a part of a template refers to. */
function referencesIn(part) {
  if (typeof part !== 'object' || part === null) return new Set();
  const own = Object.entries(part).flatMap(([key, value]) => {
    if (key === 'Ref') return [value];
    if (key === 'Fn::GetAtt') return [[value].flat()[0].split('.')[0]];
    if (key !== 'Fn::Sub') return [];
    return [...String([value].flat()[0]).matchAll(/\$\{([^!}.]+)[^}]*\}/g)].map(
      (match) => match[1],
    );
  });
  return new Set([...own, ...Object.values(part).flatMap((each) => [...referencesIn(each)])]);
}
