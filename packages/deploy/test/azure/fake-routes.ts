import { blobAnswer, putBlob, queryLog, stacks, takeArchive } from './fake-data.ts';
import { deploymentBody, finish, operationsOf, start } from './fake-deployment.ts';
import { error } from './fake-error.ts';
import {
  type Answer,
  type FakeAzure,
  type Group,
  type Handler,
  type Received,
  subscription,
} from './fake-state.ts';
import { throughOfficialClient } from './official.ts';

/** Everything that is answered, by method and path. */
export function makeRoutes(azure: FakeAzure): readonly (readonly [string, RegExp, Handler])[] {
  const prefix = `/subscriptions/${subscription}`;
  const groupPath = `^${prefix}/resource[gG]roups/(?<group>[^/]+)`;
  const find = (name = '') => azure.groups.get(name);
  const groupBody = (name: string, { location, tags, state }: Group) => ({
    id: `${prefix}/resourceGroups/${name}`,
    name,
    type: 'Microsoft.Resources/resourceGroups',
    location,
    tags,
    properties: { provisioningState: state },
  });
  const operations = `${prefix}/resourceGroups/NAME/providers/Microsoft.Resources/deployments/tricloud`;
  const isAsOfficial = async (kind: string, { body, method, path }: Received): Promise<void> => {
    const sent: unknown = JSON.parse(body.toString());
    const { body: read } = await throughOfficialClient(kind, sent);
    if (JSON.stringify(sorted(read)) !== JSON.stringify(sorted(sent))) {
      azure.complaints.push(`${method} ${path}: not as the official client sends it`);
    }
  };
  const siteBody = (id: string, { site }: Group) => {
    return {
      id,
      name: id.split('/').at(-1),
      type: 'Microsoft.Web/sites',
      location: 'East US',
      kind: 'functionapp,linux',
      identity: { principalId: '33333333-3333-4333-8333-333333333333', type: 'SystemAssigned' },
      properties: {
        ...site?.properties,
        state: 'Running',
        defaultHostName: azure.siteHost,
        hostNameSslStates: [
          { name: azure.siteHost, hostType: 'Standard' },
          { name: azure.host, hostType: 'Repository' },
        ],
      },
    };
  };

  return [
    ['GET', /^\/subscriptions$/, () => ({ status: 200, body: { value: azure.subscriptions } })],
    ['GET', new RegExp(`^${prefix}$`), () => ({ status: 200, body: azure.subscriptions[0] })],
    [
      'GET',
      new RegExp(`^${prefix}/providers/(?<namespace>[\\w.]+)$`),
      (_request, { namespace = '' }) => ({
        status: 200,
        body: {
          namespace,
          registrationState: azure.unregistered.has(namespace) ? 'NotRegistered' : 'Registered',
        },
      }),
    ],
    [
      'GET',
      /geoRegions$/,
      () => ({ status: 200, body: { value: azure.flexRegions.map((name) => ({ name })) } }),
    ],
    ['GET', /functionAppStacks$/, () => ({ status: 200, body: stacks(azure) })],
    [
      'GET',
      new RegExp(`${groupPath}$`),
      (_request, { group = '' }) => {
        const found = find(group);
        return found === undefined
          ? noGroup(group)
          : { status: 200, body: groupBody(group, found) };
      },
    ],
    [
      'PUT',
      new RegExp(`${groupPath}$`),
      async (request, { group = '' }) => {
        await isAsOfficial('resourceGroup', request);
        const { location, tags } = JSON.parse(request.body.toString());
        const made: Group = {
          location,
          tags,
          state: 'Succeeded',
          resources: [],
          deployment: null,
          site: null,
          polls: 2,
        };
        azure.groups.set(group, made);
        return { status: 201, body: groupBody(group, made) };
      },
    ],
    [
      'DELETE',
      new RegExp(`${groupPath}$`),
      (_request, { group = '' }) => {
        const found = find(group);
        if (found === undefined) return noGroup(group);
        found.state = 'Deleting';
        // Removal is the other kind of long-running operation: a Location, looked at until it is no 202.
        return {
          status: 202,
          headers: {
            location: `${azure.url}${prefix}/operationresults/${group}?api-version=2025-03-01`,
            'retry-after': '5',
          },
        };
      },
    ],
    [
      'GET',
      new RegExp(`^${prefix}/operationresults/(?<group>[^/]+)$`),
      ({ query }, { group = '' }) => {
        const found = find(group);
        if (found !== undefined && --found.polls > 0) {
          const location = `${azure.url}${prefix}/operationresults/${group}?api-version=${query.get('api-version')}`;
          return { status: 202, headers: { location, 'retry-after': '5' } };
        }
        azure.groups.delete(group);
        return { status: 200 };
      },
    ],
    [
      'PATCH',
      new RegExp(`${groupPath}/providers/Microsoft.Resources/tags/default$`),
      async (request, { group = '' }) => {
        await isAsOfficial('tags', request);
        const found = find(group);
        if (found === undefined) return noGroup(group);
        const { operation, properties } = JSON.parse(request.body.toString());
        if (operation !== 'Merge') azure.complaints.push('tags are replaced');
        Object.assign(found.tags, properties.tags);
        return { status: 200, body: { properties: { tags: found.tags } } };
      },
    ],
    [
      'GET',
      new RegExp(`${groupPath}/resources$`),
      (_request, { group = '' }) => {
        const found = find(group);
        if (found === undefined) return noGroup(group);
        return { status: 200, body: { value: found.resources } };
      },
    ],
    [
      'PUT',
      new RegExp(`${groupPath}/providers/Microsoft.Resources/deployments/tricloud$`),
      async (request, { group = '' }) => {
        await isAsOfficial('deployment', request);
        const found = find(group);
        if (found === undefined) return noGroup(group);
        if (found.deployment?.state === 'Running') {
          return error(
            409,
            'DeploymentActive',
            "Unable to edit or replace deployment 'tricloud': previous deployment is still active.",
          );
        }
        found.deployment = start(azure, group, JSON.parse(request.body.toString()));
        return {
          status: 201,
          body: deploymentBody(found.deployment),
          headers: {
            'azure-asyncoperation': `${azure.url}${operations.replace('NAME', group)}/operationStatuses/1?api-version=2025-03-01`,
          },
        };
      },
    ],
    [
      'GET',
      new RegExp(`${groupPath}/providers/Microsoft.Resources/deployments/tricloud$`),
      (_request, { group = '' }) => {
        const deployment = find(group)?.deployment;
        return deployment == null
          ? error(404, 'DeploymentNotFound', "Deployment 'tricloud' could not be found.")
          : { status: 200, body: deploymentBody(deployment) };
      },
    ],
    [
      'POST',
      new RegExp(`${groupPath}/providers/Microsoft.Resources/deployments/tricloud/cancel$`),
      (_request, { group = '' }) => {
        const deployment = find(group)?.deployment;
        if (deployment?.state === 'Running') deployment.state = 'Canceled';
        return { status: 204 };
      },
    ],
    [
      'GET',
      new RegExp(
        `${groupPath}/providers/Microsoft.Resources/deployments/tricloud/operationStatuses/1$`,
      ),
      (_request, { group = '' }) => {
        const found = find(group);
        const deployment = found?.deployment;
        if (found === undefined || deployment == null) return noGroup(group);
        if (deployment.state === 'Running' && --deployment.polls <= 0) finish(azure, found);
        return {
          status: 200,
          headers: { 'retry-after': '5' },
          body: {
            status: deployment.state,
            ...(deployment.error === null ? {} : { error: deployment.error }),
          },
        };
      },
    ],
    [
      'GET',
      new RegExp(
        `${groupPath}/(?:providers/Microsoft.Resources/)?deployments/tricloud/operations$`,
      ),
      (_request, { group = '' }) => {
        const deployment = find(group)?.deployment;
        return {
          status: 200,
          body: { value: deployment == null ? [] : operationsOf(azure, deployment) },
        };
      },
    ],
    [
      'GET',
      new RegExp(`(?<id>${groupPath.slice(1)}/providers/Microsoft.Web/sites/[^/]+)$`),
      (_request, { id = '', group }) => {
        const found = find(group);
        return found?.resources.some((each) => each.id === id) === true
          ? { status: 200, body: siteBody(id, found) }
          : error(404, 'ResourceNotFound', `The Resource '${id}' was not found.`);
      },
    ],
    [
      'DELETE',
      new RegExp(`${groupPath}/providers/Microsoft.OperationalInsights/workspaces/(?<log>[^/]+)$`),
      ({ query }, { group = '', log }) => {
        if (query.get('force') !== 'true') azure.complaints.push('the log is soft-deleted');
        const found = find(group);
        if (found !== undefined) {
          found.resources = found.resources.filter(({ name }) => name !== log);
        }
        return { status: 200 };
      },
    ],
    [
      'PUT',
      /\/config\/appsettings$/,
      ({ body }) => {
        const { properties } = JSON.parse(body.toString());
        azure.settings = properties;
        return { status: 200, body: { properties } };
      },
    ],
    ['POST', /\/syncfunctiontriggers$/, () => ({ status: 204 })],
    [
      'POST',
      /\/host\/default\/listkeys$/,
      () => ({ status: 200, body: { functionKeys: { default: azure.functionKey } } }),
    ],
    [
      'POST',
      /\/config\/appsettings\/list$/,
      () => ({ status: 200, body: { properties: azure.settings } }),
    ],
    ['POST', /\/workspaces\/[^/]+\/api\/query$/, (request) => queryLog(azure, request)],
    ['POST', /^\/api\/publish$/, (request) => takeArchive(azure, request)],
    [
      'GET',
      /^\/api\/deployments\/publication-(?<number>\d+)$/,
      (_request, { number }) => {
        const { status, status_text } = azure.publications.shift() ?? {
          status: 4,
          status_text: '',
        };
        const isDone = [3, 4].includes(status);
        return {
          status: isDone ? 200 : 202,
          headers: { 'retry-after': '5' },
          body: { id: number, status, status_text, complete: isDone },
        };
      },
    ],
    ['PUT', /^\/blob\/(?<name>.+)$/, (request, { name = '' }) => putBlob(azure, request, name)],
    [
      'GET',
      /^\/blob\/(?<name>.+)$/,
      (_request, { name = '' }) => blobAnswer(azure.blobs.get(name)),
    ],
  ];
}

function noGroup(name = ''): Answer {
  return error(404, 'ResourceGroupNotFound', `Resource group '${name}' could not be found.`);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  );
}
