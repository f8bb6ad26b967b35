import type { protos, v2 } from '@google-cloud/functions';
import type { GoogleAuth } from 'google-auth-library';
import * as v from 'valibot';
import type { Authorize } from './credentials.ts';
import { type DeployedFunction, DeployedFunctionSchema } from './deployed-function.ts';
import { type Endpoint, isLoopback } from './endpoints.ts';
import { isApiError } from './api-error.ts';
import { fromGrpc } from './grpc-error.ts';
import {
  type FunctionBody,
  type RebuiltFunction,
  rebuildMask,
  updateMask,
} from './function-body.ts';
import type { StorageSource } from './labels.ts';
import type { Names } from './names.ts';
import type { Operation } from './operation.ts';
import { operationReader } from './operation-reader.ts';
import { orAborted, type Pace } from './pace.ts';
import { withRetries } from './retry.ts';

/** The functions of one project and region, by the official client. Every failure is an `ApiError`. */
export interface FunctionsApi {
  /** Null where there is none. */
  get(): Promise<DeployedFunction | null>;
  uploadUrl(): Promise<{ readonly url: string; readonly source: StorageSource }>;
  create(body: FunctionBody): Promise<Operation>;
  /** Without `changesSource` nothing is built anew. */
  update(body: FunctionBody, options: { readonly changesSource: boolean }): Promise<Operation>;
  /** Builds another source with the settings that are there. */
  rebuild(body: RebuiltFunction): Promise<Operation>;
  delete(): Promise<Operation>;
  operation(name: string): Promise<Operation>;
  /** What goes on for the function; null where nothing does. */
  underWay(): Promise<Operation | null>;
  /** How many functions the region has. */
  count(): Promise<number>;
  locations(): Promise<readonly string[]>;
  close(): Promise<void>;
}

interface Options {
  readonly names: Names;
  readonly endpoint: Endpoint;
  readonly auth: GoogleAuth;
  readonly authorize: Authorize;
  readonly pace: Pace;
  readonly signal: AbortSignal;
}

/** An operation that is still going on is among the latest. */
const operationsLookedAt = 200;

/** Opens the client; gRPC in the clear is spoken to this machine only. */
export async function openFunctionsApi(options: Options): Promise<FunctionsApi> {
  const { names, endpoint, authorize, pace, signal } = options;
  const { v2, protos } = await import('@google-cloud/functions');
  const isBare = endpoint.url.protocol === 'http:' && isLoopback(endpoint.url);
  const client = await openClient(v2.FunctionServiceClient, options, isBare);
  const read = operationReader(protos);
  const toFunction = (response: protos.google.cloud.functions.v2.IFunction) => {
    const type = protos.google.cloud.functions.v2.Function;
    const plain = type.toObject(type.fromObject(response), { enums: String, longs: String });
    return v.parse(DeployedFunctionSchema, plain);
  };

  // A channel without TLS takes no credentials of its own: they go with each call.
  const callOptions = async () => ({
    timeout: pace.longestCallMs,
    retry: null,
    autoPaginate: false,
    otherArgs: { headers: isBare ? await authorize() : {} },
  });
  type CallOptions = Awaited<ReturnType<typeof callOptions>>;
  const send = <T>(call: string, isRepeatable: boolean, action: (o: CallOptions) => Promise<T>) =>
    withRetries(
      async () => {
        const o = await callOptions();
        const sent = action(o).catch((error: unknown) => {
          throw fromGrpc(call, error);
        });
        return orAborted(sent, signal);
      },
      { pace, signal, isRepeatable },
    );
  const operation = (name: string) =>
    send('GetOperation', true, async (o) => {
      const type = protos.google.longrunning.GetOperationRequest;
      const [raw] = await client.getOperation(type.create({ name }), o);
      return read(raw);
    });
  const started = ({ latestResponse }: { readonly latestResponse: unknown }) =>
    read(latestResponse);

  const update = async (body: RebuiltFunction, paths: readonly string[]) => {
    const request = { function: body, updateMask: { paths: [...paths] } };
    const [updated] = await send('UpdateFunction', false, (o) => client.updateFunction(request, o));
    return started(updated);
  };

  return {
    operation,
    get: () =>
      send('GetFunction', true, async (o) => {
        const [found] = await client.getFunction({ name: names.function }, o);
        return toFunction(found);
      }).catch((error: unknown) => {
        if (isApiError(error, 'NOT_FOUND')) return null;
        throw error;
      }),
    uploadUrl: () =>
      send('GenerateUploadUrl', true, async (o) => {
        const request = { parent: names.location, environment: 'GEN_2' as const };
        const [{ uploadUrl, storageSource }] = await client.generateUploadUrl(request, o);
        return v.parse(UploadSchema, { url: uploadUrl, source: storageSource });
      }),
    create: async (body) => {
      const request = { parent: names.location, functionId: names.functionId, function: body };
      const [created] = await send('CreateFunction', false, (o) =>
        client.createFunction(request, o),
      );
      return started(created);
    },
    update: (body, { changesSource }) => update(body, updateMask(changesSource)),
    rebuild: (body) => update(body, rebuildMask),
    delete: async () => {
      const request = { name: names.function };
      const [deleted] = await send('DeleteFunction', false, (o) =>
        client.deleteFunction(request, o),
      );
      return started(deleted);
    },
    underWay: () =>
      send('ListOperations', true, async (o) => {
        const type = protos.google.longrunning.ListOperationsRequest;
        const request = type.create({ name: names.location, pageSize: 100 });
        let seen = 0;
        for await (const raw of client.listOperationsAsync(request, o)) {
          const found = read(raw);
          if (!found.isDone && found.target === names.function) return found;
          if (++seen >= operationsLookedAt) break;
        }
        return null;
      }),
    count: () =>
      send('ListFunctions', true, async (o) => {
        let count = 0;
        const request = { parent: names.location, pageSize: 1000 };
        for await (const { name } of client.listFunctionsAsync(request, o)) if (name) count++;
        return count;
      }),
    locations: () =>
      send('ListLocations', true, async (o) => {
        const found: string[] = [];
        const request = { name: `projects/${names.project}` };
        for await (const { locationId } of client.listLocationsAsync(request, o)) {
          if (locationId) found.push(locationId);
        }
        return found;
      }),
    close: () => client.close(),
  };
}

const UploadSchema = v.object({
  url: v.pipe(v.string(), v.url()),
  source: v.object({
    bucket: v.string(),
    object: v.string(),
    generation: v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String)), '0'),
  }),
});

async function openClient(
  Client: typeof v2.FunctionServiceClient,
  { endpoint, auth }: Options,
  isBare: boolean,
): Promise<v2.FunctionServiceClient> {
  const { grpc } = await import('google-gax');
  const port = Number(endpoint.url.port || (endpoint.url.protocol === 'https:' ? 443 : 80));
  return new Client({
    auth,
    ...(endpoint.overriddenBy !== null && { apiEndpoint: endpoint.url.hostname, port }),
    ...(isBare && { sslCreds: grpc.credentials.createInsecure() }),
  });
}
