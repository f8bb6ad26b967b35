import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsSession } from './session.ts';

/** Signs a request to an HTTP API whose route demands IAM authorization. */
export async function signRequest(session: AwsSession, request: Request): Promise<Request> {
  const url = new URL(request.url);
  const { sha256 } = (await session.sts()).config;
  const signer = new SignatureV4({
    credentials: session.credentials,
    region: session.target.region,
    service: 'execute-api',
    sha256,
  });
  const signed = await signer.sign(
    new HttpRequest({
      method: request.method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: queryOf(url),
      headers: { ...Object.fromEntries(request.headers), host: url.host },
      body: new Uint8Array(await request.clone().arrayBuffer()),
    }),
  );
  const { host: _host, ...headers } = signed.headers;
  return new Request(request, { headers });
}

function queryOf({ searchParams }: URL): Record<string, string[]> {
  const names = [...searchParams.keys()];
  return Object.fromEntries(names.map((name) => [name, searchParams.getAll(name)]));
}
