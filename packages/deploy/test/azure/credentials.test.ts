import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readEndpoints } from '../../src/azure/credentials/endpoints.ts';
import { signIn } from '../../src/azure/credentials/sign-in.ts';
import type { DeployContext } from '../../src/engine/cloud.ts';
import { redactor } from '../../src/engine/redact.ts';
import { failed } from './failed.ts';
import { type FakeEntra, makeToken, startFakeEntra, tenantId } from './fake-entra.ts';
import { startWorld, target } from './world.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tricloud-az-'));
  // The tools of whoever runs the tests stay out of it.
  vi.stubEnv('PATH', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

function signInWith(env: DeployContext['env']) {
  // No configuration of whoever runs the tests.
  const all = { AZURE_CONFIG_DIR: folder, ...env };
  return signIn({ env: all, redact: redactor(all) }, readEndpoints(all));
}

/** An Azure CLI that is signed in as these claims say. */
async function installAz(claims: Readonly<Record<string, string>>): Promise<string> {
  const token = makeToken(claims);
  const answer = JSON.stringify({
    accessToken: token,
    expiresOn: '2099-01-01 00:00:00.000000',
    expires_on: 4_070_908_800,
    tokenType: 'Bearer',
  });
  const file = join(folder, 'az');
  await writeFile(file, `#!/bin/sh\necho asked >> '${folder}/asked'\necho '${answer}'\n`);
  await chmod(file, 0o755);
  vi.stubEnv('PATH', [folder, '/bin', '/usr/bin'].join(delimiter));
  return token;
}

const app = {
  AZURE_TENANT_ID: tenantId,
  AZURE_CLIENT_ID: '44444444-4444-4444-8444-444444444444',
  AZURE_CLIENT_SECRET: 'a-client-secret',
};

describe('whoever is signed in', () => {
  test('is found by way of the Azure CLI', async () => {
    await installAz({ oid: 'user-1', tid: tenantId, idtyp: 'user' });
    expect(await signInWith({})).toMatchObject({
      source: 'Azure CLI (az login)',
      principal: { objectId: 'user-1', type: 'User' },
      tenantId,
    });
  });

  test('is found by the client secret of the environment, which goes before the tools', async () => {
    await installAz({ oid: 'user-1' });
    const entra: FakeEntra = await startFakeEntra(app.AZURE_CLIENT_SECRET);
    const env = { ...app, AZURE_AUTHORITY_HOST: entra.url };
    const signedIn = await signInWith(env);
    await entra.close();
    expect(signedIn).toMatchObject({
      source: 'environment (AZURE_CLIENT_SECRET)',
      principal: { type: 'ServicePrincipal' },
    });
  });

  test('is not somebody else where the environment’s secret is refused', async () => {
    await installAz({ oid: 'user-1' });
    const entra: FakeEntra = await startFakeEntra('another secret');
    const env = { ...app, AZURE_AUTHORITY_HOST: entra.url };
    const error = await failed(signInWith(env));
    await entra.close();
    expect(error).toMatchObject({
      name: 'CredentialsError',
      message: expect.stringMatching(
        /^environment \(AZURE_CLIENT_SECRET\) was refused: .*AADSTS7000215/,
      ),
    });
    expect(error.message).not.toContain(app.AZURE_CLIENT_SECRET);
  });

  test('is nobody where no source answers; each is named', async () => {
    const error = await failed(signInWith({}));
    expect(error).toMatchObject({ name: 'MissingCredentialsError', hint: 'az login' });
    const { cause } = error;
    const sources = cause instanceof Error ? cause.message.split('\n') : [];
    expect(sources.map((line) => line.replace(/:.*/, ''))).toEqual([
      'environment (AZURE_CLIENT_SECRET)',
      'environment (AZURE_CLIENT_CERTIFICATE_PATH)',
      'workload identity (AZURE_FEDERATED_TOKEN_FILE)',
      'Azure CLI (az login)',
      'Azure PowerShell (Connect-AzAccount)',
      'Azure Developer CLI (azd auth login)',
    ]);
  });

  test('stays unknown to an emulator on this machine, unless the environment means it to know', async () => {
    await installAz({ oid: 'user-1' });
    const env = { AZURE_RESOURCE_MANAGER_ENDPOINT: 'http://127.0.0.1:1' };
    expect(await signInWith(env)).toMatchObject({
      source: 'a placeholder, as the endpoint is on this machine',
      principal: { objectId: '00000000-0000-0000-0000-000000000000' },
    });
    const meant = { ...env, AZURE_RESOURCE_MANAGER_AUDIENCE: 'https://emulator.example' };
    expect(await signInWith(meant)).toMatchObject({
      source: 'Azure CLI (az login)',
    });
  });

  test('is asked once for a token that is still good', async () => {
    const token = await installAz({ oid: 'user-1', scp: 'user_impersonation' });
    const { getToken, principal } = await signInWith({});
    const again = await getToken('https://management.azure.com');
    expect(again).toBe(token);
    expect(principal.type).toBe('User');
    expect(await readFile(join(folder, 'asked'), 'utf8')).toBe('asked\n');
  });
});

describe('the subscription', () => {
  test('is the only one there is, where nobody says', async () => {
    const world = await startWorld();
    const { env } = world.context();
    const unsaid = { ...env, AZURE_SUBSCRIPTION_ID: undefined };
    const { facts } = await world.cloud.status(target, world.context({ env: unsaid }));
    await world.close();
    expect(facts).toEqual([]);
    expect(world.azure.received.at(-1)?.path).toMatch(/^\/subscriptions\/00000000-/);
  });

  test.each([
    ['there are several', 2, /^you have several subscriptions:\n {2}id-0 Name 0\n {2}id-1 Name 1$/],
    ['there is none', 0, /^you are signed in to Azure, but have no subscription$/],
  ])('is asked for where %s', async (_why, count, message) => {
    const world = await startWorld();
    world.azure.subscriptions = Array.from({ length: count }, (_each, index) => ({
      subscriptionId: `id-${index}`,
      displayName: `Name ${index}`,
      state: 'Enabled',
    }));
    const env = { ...world.context().env, AZURE_SUBSCRIPTION_ID: undefined };
    const error = await failed(world.cloud.status(target, world.context({ env })));
    await world.close();
    expect(error).toMatchObject({
      name: 'CredentialsError',
      message: expect.stringMatching(message),
    });
  });
});
