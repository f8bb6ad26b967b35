import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import { text } from 'node:stream/consumers';
import tls from 'node:tls';
import { vi } from 'vitest';
import { makeCertificate } from './certificate.ts';
import { portOf } from './port-of.ts';

/** Microsoft Entra's token endpoint, over TLS on this machine. */
export interface FakeEntra {
  readonly url: string;
  /** The tokens that were given out. */
  readonly tokens: readonly string[];
  /** Whether the next ask is refused, as a wrong secret is. */
  refuses: boolean;
  close(): Promise<void>;
}

export const tenantId = '11111111-1111-4111-8111-111111111111';
const deployerId = '22222222-2222-4222-8222-222222222222';

/** Starts the endpoint; this process trusts its certificate until it is closed. */
export async function startFakeEntra(clientSecret: string): Promise<FakeEntra> {
  const { cert, key } = makeCertificate();
  const tokens: string[] = [];
  const fake = { url: '', tokens, refuses: false, close };
  const server = createServer({ cert, key }, (request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const at = `${fake.url}/${tenantId}`;
    if (request.url?.startsWith(`/${tenantId}/v2.0/.well-known/openid-configuration`) === true) {
      answer(200, {
        issuer: `${at}/v2.0`,
        token_endpoint: `${at}/oauth2/v2.0/token`,
        authorization_endpoint: `${at}/oauth2/v2.0/authorize`,
        end_session_endpoint: `${at}/oauth2/v2.0/logout`,
        jwks_uri: `${at}/discovery/v2.0/keys`,
      });
      return;
    }
    void answerTokenRequest(request, answer);
  });
  // Node.js reads NODE_EXTRA_CA_CERTS at its start alone, and the official clients make agents of their own.
  const { createSecureContext } = tls;
  const trusting = vi.spyOn(tls, 'createSecureContext').mockImplementation((options) => {
    const secure = createSecureContext(options);
    secure.context.addCACert(cert);
    return secure;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  fake.url = `https://127.0.0.1:${portOf(server)}`;
  return fake;

  async function answerTokenRequest(
    request: IncomingMessage,
    answer: (status: number, body: unknown) => void,
  ): Promise<void> {
    const form = new URLSearchParams(await text(request));
    if (fake.refuses || form.get('client_secret') !== clientSecret) {
      answer(401, {
        error: 'invalid_client',
        error_description: 'AADSTS7000215: Invalid client secret provided.',
        error_codes: [7_000_215],
      });
      return;
    }
    const token = makeToken({ oid: deployerId, tid: tenantId, idtyp: 'app' });
    tokens.push(token);
    answer(200, { token_type: 'Bearer', expires_in: 3599, access_token: token });
  }

  async function close(): Promise<void> {
    trusting.mockRestore();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
}

/** A token as Entra's are, less that anybody signed it. */
export function makeToken(claims: Readonly<Record<string, string>>): string {
  return `${part({ typ: 'JWT', alg: 'none' })}.${part({ aud: 'https://management.azure.com', ...claims })}.c2lnbmF0dXJl${part(Math.random())}`;
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
