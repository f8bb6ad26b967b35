import type { Template } from './evaluate.ts';
import { type Evaluated, evaluateTemplate } from './evaluate.ts';
import { type Deployment, type FakeAzure, type Group, subscription } from './fake-state.ts';

/** Begins a deployment. */
export function start(
  azure: FakeAzure,
  group: string,
  {
    properties,
  }: { properties: { template: Template; parameters: Record<string, { value: unknown }> } },
): Deployment {
  const parameters = Object.fromEntries(
    Object.entries(properties.parameters).map(([name, { value }]) => [name, value]),
  );
  const resources = evaluateTemplate(properties.template, {
    subscription,
    group,
    parameters,
    reference: () => ({
      primaryEndpoints: { blob: `${azure.url}/blob/` },
      ConnectionString: 'InstrumentationKey=4b1d',
      identity: { principalId: '33333333-3333-4333-8333-333333333333' },
    }),
  });
  return { state: 'Running', polls: azure.deploymentPolls, resources, error: null };
}

/** Ends a deployment, as the test has it. */
export function finish(azure: FakeAzure, group: Group): void {
  const { deployment } = group;
  if (deployment === null) return;
  if (azure.deploymentError !== null) {
    deployment.state = 'Failed';
    deployment.error = {
      code: 'DeploymentFailed',
      message:
        'At least one resource deployment operation failed. Please list deployment operations.',
    };
    const [first] = deployment.resources;
    if (first !== undefined && group.site === null) group.resources = [listed(group, first)];
    return;
  }
  deployment.state = 'Succeeded';
  group.site = deployment.resources.find(({ type }) => type === 'Microsoft.Web/sites') ?? null;
  const top = deployment.resources.filter(
    ({ type }) =>
      type.split('/').length === 2 && type !== 'Microsoft.Authorization/roleAssignments',
  );
  const kept = group.resources.filter(
    ({ id }) => !top.some((each) => listed(group, each).id === id),
  );
  group.resources = [...kept, ...top.map((each) => listed(group, each))];
  const settings = deployment.resources.find(({ type }) => type === 'Microsoft.Web/sites/config');
  azure.settings = settings?.properties ?? {};
}

function listed({ tags }: Group, { type, name, tags: own }: Evaluated): Group['resources'][number] {
  const id = `/subscriptions/${subscription}/resourceGroups/${tags['tricloud']}/providers/${type}/${name}`;
  return { id, type, name, ...(own === undefined ? {} : { tags: own }) };
}

/** A deployment as Resource Manager tells it. */
export function deploymentBody({ state, error: failed }: Deployment): unknown {
  return {
    id: 'the deployment',
    name: 'tricloud',
    properties: {
      provisioningState: state,
      correlationId: 'deadbeef-0000-4000-8000-000000000000',
      timestamp: '2026-11-22T00:00:00Z',
      ...(failed === null ? {} : { error: failed }),
    },
  };
}

/** What a deployment is doing with each of its resources. */
export function operationsOf(azure: FakeAzure, deployment: Deployment): unknown[] {
  return deployment.resources.map((each, index) => {
    const isFailing = deployment.state === 'Failed' && each.type === azure.failingType;
    const succeeded = deployment.state === 'Succeeded' || index < 2;
    return {
      operationId: `operation-${index}`,
      properties: {
        provisioningOperation: 'Create',
        provisioningState: isFailing ? 'Failed' : succeeded ? 'Succeeded' : 'Running',
        targetResource: {
          id: `${each.type}/${each.name}`,
          resourceType: each.type,
          resourceName: each.name,
        },
        ...(isFailing ? { statusMessage: { status: 'Failed', error: azure.deploymentError } } : {}),
      },
    };
  });
}
