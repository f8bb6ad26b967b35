import { request as httpRequest } from 'node:http';
import { fileURLToPath } from 'node:url';
import {
  type Host,
  type HostInvocation,
  type HostLogLine,
  type HostOptions,
  startHost,
} from '../src/index.ts';

/** A host around one of the apps beside this file, with everything that it reported. */
export interface Started {
  readonly host: Host;
  readonly logs: HostLogLine[];
  readonly invocations: HostInvocation[];
  readonly exits: { code: number | null; signal: string | null }[];
  /** The messages so far, optionally of one category. */
  messages(category?: HostLogLine['category']): readonly string[];
  send(target: string, options?: SendOptions): Promise<Answer>;
}

/** What is sent besides a GET. */
export interface SendOptions {
  readonly method?: string;
  readonly headers?: readonly string[];
  readonly body?: string | Uint8Array;
  /** Sends the body in chunks, without a length. */
  readonly chunked?: boolean;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly cookies: readonly string[];
  readonly bytes: Buffer;
  readonly text: string;
  /** One entry for each read from the socket. */
  readonly reads: readonly string[];
  /** The body of a function that tells what it received. */
  told(): Told;
  /** The body as JSON, whatever it is. */
  json(): unknown;
}

/** What the apps' echoing functions tell. */
export interface Told {
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
  readonly invocationId: string;
  readonly triggerMetadata: unknown;
  readonly traceParent: string;
}

/** The folder of a test's app. */
function appDir(name: string): string {
  return fileURLToPath(new URL(`./apps/${name}`, import.meta.url));
}

/** Starts a host around an app; the caller closes it. */
export async function start(app: string, options: Partial<HostOptions> = {}): Promise<Started> {
  const logs: HostLogLine[] = [];
  const invocations: HostInvocation[] = [];
  const exits: { code: number | null; signal: string | null }[] = [];
  const host = await startHost({
    appDir: appDir(app),
    port: 0,
    onLog: (line) => logs.push(line),
    onInvocation: (invocation) => invocations.push(invocation),
    onWorkerExit: (exit) => exits.push(exit),
    ...options,
  });
  return {
    host,
    logs,
    invocations,
    exits,
    messages: (category) =>
      logs
        .filter((line) => category === undefined || line.category === category)
        .map((line) => line.message),
    send: (target, sent) => send(host.port, target, sent),
  };
}

/** Sends a request exactly as given: nothing is normalised. */
export function send(port: number, target: string, options: SendOptions = {}): Promise<Answer> {
  const { method = 'GET', headers = [], body, chunked = false } = options;
  const hasHost = headers.some((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  const all = hasHost ? [...headers] : ['Host', `localhost:${port}`, ...headers];
  if (chunked) all.push('Transfer-Encoding', 'chunked');
  else if (body !== undefined) all.push('Content-Length', String(Buffer.byteLength(body)));
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { host: '127.0.0.1', port, method, path: target, headers: all, agent: false },
      (incoming) => {
        const reads: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => reads.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const bytes = Buffer.concat(reads);
          const { 'set-cookie': cookies = [], ...rest } = incoming.headers;
          resolve({
            status: incoming.statusCode ?? 0,
            headers: Object.fromEntries(
              Object.entries(rest).map(([name, value]) => [name, String(value)]),
            ),
            cookies,
            bytes,
            text: bytes.toString('utf8'),
            reads: reads.map((read) => read.toString('utf8')),
            told: () => JSON.parse(bytes.toString('utf8')),
            json: () => JSON.parse(bytes.toString('utf8')),
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Waits until something is so, and fails with what was seen if it never is. */
export async function eventually(isSo: () => boolean, describe: () => unknown): Promise<void> {
  const end = performance.now() + 10_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`Not within 10 s: ${JSON.stringify(describe())}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}
