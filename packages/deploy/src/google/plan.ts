import type { Archive } from '../archive/archive.ts';
import type { DeployContext } from '../engine/cloud.ts';
import { configurationLimitations, configurationOf } from '../engine/configuration.ts';
import type {
  Placeholder,
  DeploymentPlan,
  PlannedPermission,
  PlannedRequest,
  PlannedResource,
} from '../engine/plan.ts';
import { isSecretName, redactJson, redactor } from '../engine/redact.ts';
import type { Target } from '../engine/target.ts';
import { findCredentials } from './credentials.ts';
import { endpointsOf } from './endpoints.ts';
import { type FunctionBody, secretsOf, toFunction } from './function-body.ts';
import { publicGrant, secretGrants } from './grants.ts';
import type { Grant } from './iam-policy.ts';
import { toLabels } from './labels.ts';
import { type Names, namesOf, unknownProject } from './names.ts';
import { namedProject } from './session.ts';

/** What a first deployment would send and make; nothing is asked of anybody. */
export async function plan(
  target: Target,
  archive: Archive,
  { env }: Pick<DeployContext, 'env'>,
): Promise<DeploymentPlan> {
  // A file may name the project; one that cannot be read keeps nobody from planning.
  const found = await findCredentials(env).catch(() => null);
  const project = namedProject(target.account, env) ?? found?.project ?? unknownProject;
  const names = namesOf(target, project);
  const grants = secretGrants(names, secretsOf(target, names.project));
  return {
    cloud: 'google',
    name: target.name,
    stage: target.stage,
    region: target.region,
    archive: { files: archive.files, size: archive.bytes.length, sha256: archive.sha256 },
    resources: resourcesOf(target, names),
    permissions: permissionsOf(names, grants),
    requests: requestsOf(target, names, archive, grants, env),
    placeholders: placeholdersOf(names),
    limitations: configurationLimitations(target),
    access: '',
  };
}

function resourcesOf(target: Target, names: Names): readonly PlannedResource[] {
  const { functionId, location, project, region } = names;
  const { memoryMiB, vcpu } = configurationOf(target);
  return [
    {
      type: 'iam.googleapis.com/ServiceAccount',
      name: names.serviceAccount,
      purpose: 'the function runs as this account, which has no role in the project',
    },
    {
      type: 'cloudfunctions.googleapis.com/Function',
      name: names.function,
      purpose: 'the function',
    },
    {
      type: 'run.googleapis.com/Service',
      name: names.service,
      purpose: `what answers: ${memoryMiB} MiB, ${vcpu} vCPU; made by the function`,
    },
    {
      type: 'run.googleapis.com/Revision',
      name: `${functionId}-00001-…`,
      purpose: 'one for each deployment; made by the function',
    },
    {
      type: 'artifactregistry.googleapis.com/Repository',
      name: `${location}/repositories/gcf-artifacts`,
      purpose:
        'the images that Cloud Build makes; one for all functions of the region, and it stays',
    },
    {
      type: 'storage.googleapis.com/Bucket',
      name: `gcf-v2-sources-<number>-${region}`,
      purpose: `the archives, by which a rollback finds the one before; one for all functions of ${project} in the region, and it stays`,
    },
  ];
}

function placeholdersOf({ project }: Names): readonly Placeholder[] {
  const number = { name: '<number>', meaning: 'the number that Google gives a project' };
  if (project !== unknownProject) return [number];
  return [{ name: project, meaning: 'the project: --project, or that of the login' }, number];
}

function permissionsOf(names: Names, grants: readonly Grant[]): readonly PlannedPermission[] {
  return [
    { who: 'everybody (allUsers)', actions: ['roles/run.invoker'], on: names.service },
    { who: `serviceAccount:${names.serviceAccount}`, actions: [], on: `projects/${names.project}` },
    ...grants.map(({ member, role, resource }) => ({
      who: member,
      actions: [role],
      on: resource.replace(/^v1\//, ''),
    })),
  ];
}

function requestsOf(
  target: Target,
  names: Names,
  archive: Archive,
  grants: readonly Grant[],
  env: DeployContext['env'],
): readonly PlannedRequest[] {
  const { iam, run, secretmanager } = endpointsOf(env);
  const labels = toLabels({}, { archiveSha256: archive.sha256, previous: null });
  const source = { bucket: '(as Google answers)', object: '(as Google answers)', generation: '0' };
  const body = withoutSecrets(toFunction(target, names, { labels, source }));
  const bases = { run: run.url.href, secretmanager: secretmanager.url.href };
  return [
    {
      call: `POST ${iam.url.href}v1/projects/${names.project}/serviceAccounts`,
      body: {
        accountId: names.serviceAccountId,
        serviceAccount: { description: names.serviceAccountPurpose },
      },
    },
    ...grants.map((grant) => policyRequest(bases[grant.api], grant)),
    {
      call: 'google.cloud.functions.v2.FunctionService/GenerateUploadUrl',
      body: { parent: names.location, environment: 'GEN_2' },
    },
    {
      call: 'PUT (the signed URL that Google answers), content-type: application/zip',
      body: `${archive.bytes.length} bytes, SHA-256 ${archive.sha256}`,
    },
    {
      call: 'google.cloud.functions.v2.FunctionService/CreateFunction',
      body: redactJson(
        { parent: names.location, functionId: names.functionId, function: body },
        redactor(env, target.environment),
      ),
    },
    policyRequest(bases.run, publicGrant(names, null)),
  ];
}

function policyRequest(base: string, { resource, role, member }: Grant): PlannedRequest {
  return {
    call: `POST ${base}${resource}:setIamPolicy`,
    body: { policy: { etag: '(as read)', bindings: ['(as read)', { role, members: [member] }] } },
  };
}

function withoutSecrets(body: FunctionBody) {
  const variables = Object.entries(body.serviceConfig.environmentVariables).map(
    ([name, value]) => [name, isSecretName(name) ? '[redacted]' : value] as const,
  );
  const environmentVariables = Object.fromEntries(variables);
  return { ...body, serviceConfig: { ...body.serviceConfig, environmentVariables } };
}
