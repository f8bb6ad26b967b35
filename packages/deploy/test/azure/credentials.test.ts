import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readEndpoints } from '../../src/azure/credentials/endpoints.ts';
import { azureDriver } from '../../src/azure/driver.ts';
import { signIn } from '../../src/azure/credentials/sign-in.ts';
import type { DeployContext } from '../../src/engine/deploy-context.ts';
import { redactor } from '../../src/engine/redact.ts';
import { failed } from './failed.ts';
import { type FakeEntra, makeToken, startFakeEntra, tenantId } from './fake-entra.ts';
import { portOf } from './port-of.ts';
import { packageOf, startWorld, target } from './world.ts';

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
  return signIn(
    { env: all, signal: new AbortController().signal, redact: redactor(all) },
    readEndpoints(all),
  );
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

describe('another of Microsoft’s clouds', () => {
  test('that az is set to is refused before a token is asked for', async () => {
    await installAz({ oid: 'user-1' });
    await writeFile(join(folder, 'config'), '[cloud]\nname = AzureUSGovernment\n');
    expect(await failed(signInWith({}))).toMatchObject({
      name: 'CredentialsError',
      message: `az is set to AzureUSGovernment (cloud.name in ${join(folder, 'config')}): tricloud deploys to Azure’s public cloud only`,
      hint: 'az cloud set -n AzureCloud && az login',
    });
    await expect(readFile(join(folder, 'asked'))).rejects.toThrow('ENOENT');
  });

  test('that az is set to does not matter where the environment has credentials', async () => {
    const entra = await startFakeEntra(app.AZURE_CLIENT_SECRET);
    const env = { ...app, AZURE_AUTHORITY_HOST: entra.url, AZURE_CLOUD_NAME: 'AzureChinaCloud' };
    const { source } = await signInWith(env);
    await entra.close();
    expect(source).toBe('environment (AZURE_CLIENT_SECRET)');
  });
});

const findRegion = (env: DeployContext['env']) => azureDriver.credentials.findRegion(env);

describe('the region that az would use', () => {
  test('is the variable’s, before the file’s', async () => {
    await writeFile(join(folder, 'config'), '[defaults]\nlocation = West Europe\n');
    const env = { AZURE_CONFIG_DIR: folder };
    expect(await findRegion({ ...env, AZURE_DEFAULTS_LOCATION: 'uksouth' })).toEqual({
      region: 'uksouth',
      source: 'AZURE_DEFAULTS_LOCATION',
    });
    expect(await findRegion(env)).toEqual({
      region: 'westeurope',
      source: `defaults.location in ${join(folder, 'config')}`,
    });
  });

  test('is in the home folder unless the environment says otherwise, and may be none', async () => {
    await mkdir(join(folder, '.azure'));
    await writeFile(join(folder, '.azure', 'config'), '[defaults]\nlocation=eastus2\n');
    expect(await findRegion({ HOME: folder })).toMatchObject({ region: 'eastus2' });
    expect(await findRegion({ AZURE_CONFIG_DIR: folder })).toBeNull();
  });
});

describe('differences', () => {
  test('are not known where nobody is signed in', async () => {
    const world = await startWorld();
    const { AZURE_RESOURCE_MANAGER_ENDPOINT } = world.context().env;
    const env = {
      AZURE_RESOURCE_MANAGER_ENDPOINT,
      AZURE_RESOURCE_MANAGER_AUDIENCE: 'https://emulator.example',
      AZURE_CONFIG_DIR: folder,
    };
    const context = world.context({ env });
    expect(await world.cloud.differences(target, packageOf('first'), context)).toBeNull();
    await world.close();
  });
});

describe('a proxy', () => {
  test('takes the requests for tokens, too', async () => {
    const tunnels: string[] = [];
    const proxy = createServer();
    proxy.on('connect', ({ url = '' }, socket) => {
      tunnels.push(url);
      socket.end('HTTP/1.1 502 No way\r\n\r\n');
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const HTTPS_PROXY = `http://127.0.0.1:${portOf(proxy)}`;
    const error = await failed(signInWith({ ...app, HTTPS_PROXY }));
    proxy.closeAllConnections();
    proxy.close();
    expect(error).toMatchObject({ name: 'TransportError', message: 'HTTPS_PROXY answered 502' });
    expect(new Set(tunnels)).toEqual(new Set(['login.microsoftonline.com:443']));
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
