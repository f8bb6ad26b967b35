import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { grpc, protobuf } from 'google-gax';

const require = createRequire(import.meta.url);
const gaxProtos = join(dirname(require.resolve('google-gax')), '..', 'protos');

/** The official client's own descriptions of what it sends and takes. */
export const types = protobuf.Root.fromJSON(
  require('@google-cloud/functions/build/protos/protos.json'),
);
const locations = rootOf('locations.json');
const statuses = rootOf('status.json');

function rootOf(file: string): protobuf.Root {
  return protobuf.Root.fromJSON(JSON.parse(readFileSync(join(gaxProtos, file), 'utf8')));
}

/** What a call is refused with. */
export class Refusal extends Error {
  readonly code: number;
  readonly details: readonly Detail[];
  constructor(code: number, message: string, details: readonly Detail[] = []) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** A detail of `google.rpc`, such as `RetryInfo`. */
export interface Detail {
  readonly type: string;
  readonly value: object;
}

// oxlint-disable-next-line typescript/no-explicit-any -- messages of any kind, checked by their own types
export type Message = any;

/** Answers a method; `header` is the call's `authorization`. */
export type Answer = (
  method: string,
  request: Message,
  header: string | undefined,
) => Promise<Message>;

const plain = { enums: String, longs: String, defaults: false } as const;

/** Serves the three services that the client speaks with; a message with a field that no type has is refused. */
export async function serveGrpc(answer: Answer) {
  const server = new grpc.Server();
  for (const [root, name] of [
    [types, 'google.cloud.functions.v2.FunctionService'],
    [types, 'google.longrunning.Operations'],
    [locations, 'google.cloud.location.Locations'],
  ] as const) {
    const service = root.lookupService(name);
    service.resolveAll();
    const definitions: Record<string, grpc.MethodDefinition<Message, Message>> = {};
    const handlers: grpc.UntypedServiceImplementation = {};
    for (const method of service.methodsArray) {
      const request = root.lookupType(absolute(method.resolvedRequestType));
      const response = root.lookupType(absolute(method.resolvedResponseType));
      definitions[method.name] = {
        path: `/${name}/${method.name}`,
        requestStream: false,
        responseStream: false,
        requestDeserialize: (bytes: Buffer) => decode(request, bytes),
        responseSerialize: (value: object) => Buffer.from(encode(response, value)),
        requestSerialize: () => Buffer.alloc(0),
        responseDeserialize: () => ({}),
      };
      handlers[method.name] = async (call: Message, done: Message) => {
        try {
          const [header] = call.metadata.get('authorization');
          done(null, await answer(method.name, call.request, header));
        } catch (error) {
          done(toStatus(error));
        }
      };
    }
    server.addService(definitions, handlers);
  }
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const { front, drop } = await frontOf(port);
  return {
    port: portOf(front),
    /** Breaks every connection, as a network does. */
    drop,
    close: async () => {
      drop();
      front.close();
      server.forceShutdown();
      await once(front, 'close');
    },
  };
}

async function frontOf(port: number) {
  const sockets = new Set<Socket>();
  // Small frames that wait for one another (Nagle’s algorithm, RFC 896) cost a call 40 ms.
  const front = createServer({ noDelay: true }, (socket) => {
    const behind = connect({ port, host: '127.0.0.1', noDelay: true });
    for (const each of [socket, behind]) {
      sockets.add(each);
      each.on('error', () => {});
      each.on('close', () => {
        sockets.delete(each);
        socket.destroy();
        behind.destroy();
      });
    }
    socket.pipe(behind).pipe(socket);
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  return { front, drop: () => sockets.forEach((socket) => socket.destroy()) };
}

/** A message, with the names of enums; null where the bytes hold a field that the type does not have. */
function decode(type: protobuf.Type, bytes: Uint8Array): Message {
  const message = type.decode(bytes);
  const problem = type.verify(message);
  if (problem !== null || type.encode(message).finish().length !== bytes.length) {
    return { invalid: problem ?? `a field that ${type.name} does not have` };
  }
  return type.toObject(message, plain);
}

function encode(type: protobuf.Type, value: object): Uint8Array {
  return type.encode(type.fromObject(value)).finish();
}

/** A message in `google.protobuf.Any`. */
export function any(name: string, value: object, root = types) {
  const bytes = encode(root.lookupType(name), value);
  return { type_url: `type.googleapis.com/${name}`, value: bytes };
}

/** Where a server listens. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it does not listen');
  return address.port;
}

function absolute(type: protobuf.Type | null): string {
  if (type === null) throw new Error('a method without a type');
  return type.fullName;
}

function toStatus(error: unknown): object {
  if (!(error instanceof Refusal)) return { code: 13, details: String(error) };
  const metadata = new grpc.Metadata();
  if (error.details.length > 0) {
    const details = error.details.map(({ type, value }) => any(type, value, statuses));
    const { code, message } = error;
    const status = encode(statuses.lookupType('google.rpc.Status'), { code, message, details });
    metadata.set('grpc-status-details-bin', Buffer.from(status));
  }
  return { code: error.code, details: error.message, metadata };
}
