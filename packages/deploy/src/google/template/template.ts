import type { DeploymentPackage } from '@tricloud/build';
import type { Env } from '../../engine/deploy-context.ts';
import { configurationOf } from '../../engine/configuration.ts';
import { deploymentId } from '../../engine/deployment-id.ts';
import type { Driver } from '../../engine/driver.ts';
import type {
  Placeholder,
  PlanContents,
  PlannedPermission,
  PlannedRequest,
  PlannedResource,
} from '../../engine/plan.ts';
import type { Target } from '../../engine/target.ts';
import { type Endpoints, endpointsOf } from '../credentials/endpoints.ts';
import { findCredentials, findProject } from '../credentials/find-credentials.ts';
import type { GoogleSession } from '../credentials/session.ts';
import type { Deployed } from '../state/state.ts';
import { toFunction } from './function-body.ts';
import { type Grant, invokerRole, publicGrant, resourceName, secretGrants } from './grants.ts';
import { toLabels } from './labels.ts';
import { type Names, namesOf, unknownProject } from './names.ts';

/** Resources, permissions and requests of a first deployment. */
export const template: Driver<GoogleSession, Deployed>['template'] = { describe };

async function describe(
  target: Target,
  deploymentPackage: DeploymentPackage,
  env: Env,
): Promise<PlanContents> {
  // A file may name the project; one that cannot be read is no obstacle to a plan.
  const found = await findCredentials(env).catch(() => null);
  const project = (await findProject(target, env, found)) ?? unknownProject;
  const names = namesOf(target, project);
  return {
    resources: resourcesOf(target, names),
    permissions: permissionsOf(target, names),
    requests: requestsOf(target, names, deploymentPackage, endpointsOf(env)),
    placeholders: placeholdersOf(names),
    limitations: [],
    access: accessOf(target),
  };
}

function resourcesOf(target: Target, names: Names): readonly PlannedResource[] {
  const { functionId, location, project, region } = names;
  const { memoryMiB, vcpu } = configurationOf(target);
  return [
    resource('iam/ServiceAccount', names.serviceAccount, 'runs the function, without any role'),
    resource('cloudfunctions/Function', names.function, 'the function'),
    resource(
      'run/Service',
      names.service,
      `serves the requests with ${memoryMiB} MiB and ${vcpu} vCPU; made by the function`,
    ),
    resource(
      'run/Revision',
      `${functionId}-00001-…`,
      'one for each deployment; made by the function',
    ),
    resource(
      'artifactregistry/Repository',
      `${location}/repositories/gcf-artifacts`,
      'images that Cloud Build makes; shared by all functions of the region, and kept',
    ),
    resource(
      'storage/Bucket',
      `gcf-v2-sources-<number>-${region}`,
      `deployment packages, for rollback; shared by all functions of ${project} in the region, and kept`,
    ),
  ];
}

function resource(type: string, name: string, purpose: string): PlannedResource {
  return { type: type.replace('/', '.googleapis.com/'), name, purpose };
}

function placeholdersOf({ project }: Names): readonly Placeholder[] {
  const number = { name: '<number>', meaning: 'the number that Google gives a project' };
  if (project !== unknownProject) return [number];
  return [{ name: project, meaning: 'the project: --project, or that of the login' }, number];
}

const everyone = 'everyone (allUsers)';

function permissionsOf(target: Target, names: Names): readonly PlannedPermission[] {
  const callers = target.auth === 'none' ? [everyone] : invokersOf(target);
  return [
    ...callers.map((who) => ({ who, actions: [invokerRole], on: names.service })),
    { who: `serviceAccount:${names.serviceAccount}`, actions: [], on: `projects/${names.project}` },
    ...secretGrants(target, names).map((grant) => ({
      who: grant.member,
      actions: [grant.role],
      on: resourceName(grant),
    })),
  ];
}

function invokersOf({ invokers }: Target): readonly string[] {
  return invokers.length === 0 ? ['the deployer'] : invokers;
}

// https://cloud.google.com/functions/docs/configuring/max-instances (2026-12-01)
const defaultMaxInstances = 100;

function accessOf(target: Target): string {
  const { maxInstances } = target;
  const who =
    target.auth === 'none'
      ? 'everyone can call it (allUsers, or invokerIamDisabled where the organization refuses allUsers)'
      : `only ${invokersOf(target).join(', ')} can call it`;
  const most = maxInstances ?? defaultMaxInstances;
  const source = maxInstances === null ? ' (Google’s default)' : '';
  return `${who}; at most ${most} instances${source} limit its bill`;
}

const answered = '(as answered)';

function requestsOf(
  target: Target,
  names: Names,
  deploymentPackage: DeploymentPackage,
  endpoints: Endpoints,
): readonly PlannedRequest[] {
  const { bytes, sha256 } = deploymentPackage;
  const functions = `${endpoints('cloudfunctions').url.href}v2/${names.location}/functions`;
  const body = toFunction(target, names, {
    deploymentId: deploymentId(target, deploymentPackage),
    labels: toLabels({}, { sha256, previous: null }),
    source: { bucket: answered, object: answered, generation: '0' },
  });
  return [
    {
      call: `POST ${endpoints('iam').url.href}v1/projects/${names.project}/serviceAccounts`,
      body: {
        accountId: names.serviceAccountId,
        serviceAccount: { description: names.serviceAccountPurpose },
      },
    },
    ...secretGrants(target, names).map((grant) => policyRequest(grant, [grant.member], endpoints)),
    { call: `POST ${functions}:generateUploadUrl`, body: { environment: 'GEN_2' } },
    {
      call: 'PUT (the signed URL that Google answers), content-type: application/zip',
      body: `${bytes.length} bytes, SHA-256 ${sha256}`,
    },
    { call: `POST ${functions}?functionId=${names.functionId}`, body },
    ...accessRequests(target, names, endpoints),
  ];
}

function accessRequests(
  target: Target,
  names: Names,
  endpoints: Endpoints,
): readonly PlannedRequest[] {
  const grant = publicGrant(names.service);
  if (target.auth === 'iam') return [policyRequest(grant, invokersOf(target), endpoints)];
  const service = `${endpoints('run').url.href}v2/${names.service}`;
  return [
    policyRequest(grant, [grant.member], endpoints),
    {
      call: `PATCH ${service}?updateMask=invokerIamDisabled (where the organization refuses allUsers)`,
      body: { name: names.service, invokerIamDisabled: true },
    },
  ];
}

function policyRequest(
  grant: Grant,
  members: readonly string[],
  endpoints: Endpoints,
): PlannedRequest {
  return {
    call: `POST ${endpoints(grant.api).url.href}${grant.resource}:setIamPolicy`,
    body: {
      policy: { etag: '(as read)', bindings: ['(as read)', { role: grant.role, members }] },
    },
  };
}
