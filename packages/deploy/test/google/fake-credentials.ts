import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A service account that nobody but the fake knows, and its key. */
export interface FakeCredentials {
  readonly file: string;
  /** What must be seen nowhere. */
  readonly planted: readonly string[];
  /** Why an `authorization` header is no good; null for one that is. */
  complaint(header: string | undefined): string | null;
}

// A key takes a while to make: one does for all tests of a file.
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** What the token service gives for a token of another issuer. */
export const federatedToken = 'planted-federated-token';

/** Writes the file that `GOOGLE_APPLICATION_CREDENTIALS` names. */
export function fakeCredentials(folder: string): FakeCredentials {
  const publicKey = createPublicKey(privateKey);
  const email = 'deployer@my-shop.iam.gserviceaccount.com';
  const keyId = 'planted0key0id0000000000000000000000000';
  const file = join(folder, 'credentials.json');
  const credentials = {
    type: 'service_account',
    project_id: 'my-shop',
    private_key_id: keyId,
    private_key: privateKey,
    client_email: email,
    client_id: '100000000000000000001',
    token_uri: 'https://oauth2.googleapis.com/token',
  };
  writeFileSync(file, JSON.stringify(credentials));
  return {
    file,
    planted: [
      federatedToken,
      ...privateKey.split('\n').filter((line) => /^[\w+/]{40,}/.test(line)),
      keyId,
    ],
    complaint: (header) => {
      if (header === `Bearer ${federatedToken}`) return null;
      const [, head, claims, signature] = /^Bearer (\S+)\.(\S+)\.(\S+)$/.exec(header ?? '') ?? [];
      if (head === undefined || claims === undefined || signature === undefined) return 'no token';
      const isSigned = verify(
        'RSA-SHA256',
        Buffer.from(`${head}.${claims}`),
        publicKey,
        Buffer.from(signature, 'base64url'),
      );
      if (!isSigned) return 'a signature of somebody else';
      const { iss, scope, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString());
      if (iss !== email) return `the issuer ${iss}`;
      if (scope !== 'https://www.googleapis.com/auth/cloud-platform') return `the scope ${scope}`;
      return exp * 1000 > Date.now() ? null : 'a token of the past';
    },
  };
}
