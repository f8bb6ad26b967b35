import { WebSiteManagementClient } from '@azure/arm-appservice';
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { OperationalInsightsManagementClient } from '@azure/arm-operationalinsights';
import { ResourceManagementClient } from '@azure/arm-resources';
import { StorageManagementClient } from '@azure/arm-storage';
import { createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline';
import type { TokenCredential } from '@azure/identity';

/** What an official client makes of a body that somebody else wrote. */
export interface Official {
  /** The body after the client read it by its own mapper and wrote it again: what it does not know is gone. */
  readonly body: unknown;
  readonly apiVersion: string | null;
}

type Client = Pick<ResourceManagementClient, 'sendOperationRequest'>;
type Asked = Parameters<Client['sendOperationRequest']>;
interface Options {
  readonly httpClient: HttpClient;
  readonly endpoint: string;
}
/** A client, and one of its operations with a body that is put aside. */
type Operation = (options: Options) => readonly [Client, () => Promise<unknown>];

const credential: TokenCredential = {
  getToken: () => Promise.resolve({ token: 'none', expiresOnTimestamp: Date.now() + 3_600_000 }),
};
const subscription = '00000000-0000-4000-8000-000000000000';

function web(run: (client: WebSiteManagementClient) => Promise<unknown>): Operation {
  return (options) => {
    const client = new WebSiteManagementClient(credential, subscription, options);
    return [client, () => run(client)];
  };
}
function storage(run: (client: StorageManagementClient) => Promise<unknown>): Operation {
  return (options) => {
    const client = new StorageManagementClient(credential, subscription, options);
    return [client, () => run(client)];
  };
}
function resources(run: (client: ResourceManagementClient) => Promise<unknown>): Operation {
  return (options) => {
    const client = new ResourceManagementClient(credential, subscription, options);
    return [client, () => run(client)];
  };
}

const location = 'eastus';

/** The official clients' operations, by what they write. */
const operations: Readonly<Record<string, Operation>> = {
  'Microsoft.Web/serverfarms': web(({ appServicePlans }) =>
    appServicePlans.beginCreateOrUpdate('g', 'n', { location }),
  ),
  'Microsoft.Web/sites': web(({ webApps }) => webApps.beginCreateOrUpdate('g', 'n', { location })),
  'Microsoft.Web/sites/config': web(({ webApps }) =>
    webApps.updateApplicationSettings('g', 'n', {}),
  ),
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies': web(({ webApps }) =>
    webApps.updateScmAllowed('g', 'n', {}),
  ),
  'Microsoft.Storage/storageAccounts': storage(({ storageAccounts }) =>
    storageAccounts.beginCreate('g', 'name', {
      location,
      kind: 'StorageV2',
      sku: { name: 'Standard_LRS' },
    }),
  ),
  'Microsoft.Storage/storageAccounts/blobServices/containers': storage(({ blobContainers }) =>
    blobContainers.create('g', 'name', 'container', {}),
  ),
  'Microsoft.OperationalInsights/workspaces': (options) => {
    const client = new OperationalInsightsManagementClient(credential, subscription, options);
    return [client, () => client.workspaces.beginCreateOrUpdate('g', 'name', { location })];
  },
  'Microsoft.Authorization/roleAssignments': (options) => {
    const client = new AuthorizationManagementClient(credential, subscription, options);
    const body = { roleDefinitionId: 'r', principalId: 'p' };
    return [client, () => client.roleAssignments.create('scope', 'name', body)];
  },
  resourceGroup: resources(({ resourceGroups }) =>
    resourceGroups.createOrUpdate('g', { location }),
  ),
  deployment: resources(({ deployments }) =>
    deployments.beginCreateOrUpdate('g', 'd', { properties: { mode: 'Incremental' } }),
  ),
  tags: resources(({ tagsOperations }) => tagsOperations.beginUpdateAtScope('scope', {})),
};

/** The kinds of bodies that an official client on this Node.js can read. */
export const officialKinds: readonly string[] = Object.keys(operations);

/** Reads a body by the official client's mapper and lets the client send what it understood. */
export async function throughOfficialClient(kind: string, body: unknown): Promise<Official> {
  const operation = operations[kind];
  if (operation === undefined) throw new Error(`no official client for ${kind}`);
  let sent: Official = { body: undefined, apiVersion: null };
  const httpClient: HttpClient = {
    sendRequest(request) {
      sent = {
        body: typeof request.body === 'string' ? JSON.parse(request.body) : undefined,
        apiVersion: new URL(request.url).searchParams.get('api-version'),
      };
      const headers = createHttpHeaders();
      return Promise.resolve({ request, status: 200, headers, bodyAsText: '{}' });
    },
  };
  const [client, run] = operation({ httpClient, endpoint: 'https://127.0.0.1' });
  const [args, spec] = await askedOf(client, run);
  const { requestBody, serializer } = spec;
  if (typeof requestBody?.parameterPath !== 'string') throw new Error(`${kind} has no body`);
  const model: unknown = serializer.deserialize(requestBody.mapper, structuredClone(body), 'body');
  await client.sendOperationRequest({ ...args, [requestBody.parameterPath]: model }, spec);
  return sent;
}

/** What the operation asks of its client; the client sends nothing meanwhile. */
async function askedOf(client: Client, run: () => Promise<unknown>): Promise<Asked> {
  const { sendOperationRequest } = client;
  let asked: Asked | undefined;
  client.sendOperationRequest = (...those) => {
    asked = those;
    return Promise.reject(new Error('not sent'));
  };
  await run().catch(() => undefined);
  client.sendOperationRequest = sendOperationRequest;
  if (asked === undefined) throw new Error('the client asked nothing');
  return asked;
}
