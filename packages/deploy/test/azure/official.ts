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

interface Spec {
  readonly requestBody: { readonly mapper: unknown };
  readonly serializer: { deserialize(mapper: unknown, body: unknown, name: string): unknown };
}
interface Client {
  sendOperationRequest(...args: readonly unknown[]): Promise<unknown>;
}
type Options = { readonly httpClient: HttpClient; readonly endpoint: string };
type Call = (options: Options, body: unknown) => [Client, () => Promise<unknown>];

const credential: TokenCredential = {
  getToken: () => Promise.resolve({ token: 'none', expiresOnTimestamp: Date.now() + 3_600_000 }),
};
const subscription = '00000000-0000-4000-8000-000000000000';

function web(run: (client: WebSiteManagementClient, body: never) => Promise<unknown>): Call {
  return (options, body) => {
    const client = new WebSiteManagementClient(credential, subscription, options);
    return [client, () => run(client, body as never)];
  };
}
function storage(run: (client: StorageManagementClient, body: never) => Promise<unknown>): Call {
  return (options, body) => {
    const client = new StorageManagementClient(credential, subscription, options);
    return [client, () => run(client, body as never)];
  };
}
function resources(run: (client: ResourceManagementClient, body: never) => Promise<unknown>): Call {
  return (options, body) => {
    const client = new ResourceManagementClient(credential, subscription, options);
    return [client, () => run(client, body as never)];
  };
}

/** The official clients' operations, by what they write. */
const calls: Readonly<Record<string, Call>> = {
  'Microsoft.Web/serverfarms': web((client, body) =>
    client.appServicePlans.beginCreateOrUpdate('g', 'n', body),
  ),
  'Microsoft.Web/sites': web((client, body) => client.webApps.beginCreateOrUpdate('g', 'n', body)),
  'Microsoft.Web/sites/config': web((client, body) =>
    client.webApps.updateApplicationSettings('g', 'n', body),
  ),
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies': web((client, body) =>
    client.webApps.updateScmAllowed('g', 'n', body),
  ),
  'Microsoft.Storage/storageAccounts': storage((client, body) =>
    client.storageAccounts.beginCreate('g', 'name', body),
  ),
  'Microsoft.Storage/storageAccounts/blobServices/containers': storage((client, body) =>
    client.blobContainers.create('g', 'name', 'container', body),
  ),
  'Microsoft.OperationalInsights/workspaces': (options, body) => {
    const client = new OperationalInsightsManagementClient(credential, subscription, options);
    return [client, () => client.workspaces.beginCreateOrUpdate('g', 'name', body as never)];
  },
  'Microsoft.Authorization/roleAssignments': (options, body) => {
    const client = new AuthorizationManagementClient(credential, subscription, options);
    return [client, () => client.roleAssignments.create('scope', 'name', body as never)];
  },
  resourceGroup: resources((client, body) => client.resourceGroups.createOrUpdate('g', body)),
  deployment: resources((client, body) => client.deployments.beginCreateOrUpdate('g', 'd', body)),
  tags: resources((client, body) => client.tagsOperations.beginUpdateAtScope('scope', body)),
};

/** The kinds of bodies that an official client on this Node.js can read. */
export const officialKinds: readonly string[] = Object.keys(calls);

/** Reads a body by the official client's mapper and lets the client send what it understood. */
export async function throughOfficialClient(kind: string, body: unknown): Promise<Official> {
  const call = calls[kind];
  if (call === undefined) throw new Error(`no official client for ${kind}`);
  const spec = await specOf(call);
  const model = spec.serializer.deserialize(spec.requestBody.mapper, structuredClone(body), 'body');
  let sent: Official = { body: undefined, apiVersion: null };
  const httpClient: HttpClient = {
    sendRequest(request) {
      sent = {
        body: JSON.parse(String(request.body)),
        apiVersion: new URL(request.url).searchParams.get('api-version'),
      };
      return Promise.resolve({
        request,
        status: 200,
        headers: createHttpHeaders(),
        bodyAsText: '{}',
      });
    },
  };
  const [, run] = call({ httpClient, endpoint: 'https://127.0.0.1' }, model);
  await run();
  return sent;
}

async function specOf(call: Call): Promise<Spec> {
  const httpClient: HttpClient = { sendRequest: () => Promise.reject(new Error('not sent')) };
  const [client, run] = call({ httpClient, endpoint: 'https://127.0.0.1' }, {});
  let spec: Spec | undefined;
  client.sendOperationRequest = (_args, asked) => {
    spec = asked as Spec;
    return Promise.reject(new Error('not sent'));
  };
  await run().catch(() => undefined);
  if (spec === undefined) throw new Error('the client sent nothing');
  return spec;
}
