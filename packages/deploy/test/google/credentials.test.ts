import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { federatedToken } from './fake-credentials.ts';
import { portOf } from './fake-google.ts';
import { listOf, packageOf, openScene, type Scene, target } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const one = packageOf('one');
const subject = 'planted-token-of-the-environment';

/** The token service of workload identity federation, as GitHub's runners meet it. */
async function tokenService(answer: { status: number; body: object }) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    asked.push(await text(request));
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    const isImpersonation = request.url?.endsWith(':generateAccessToken') === true;
    const expireTime = new Date(Date.now() + 3_600_000).toISOString();
    const impersonated = { accessToken: federatedToken, expireTime };
    response.end(JSON.stringify(isImpersonation ? impersonated : answer.body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const subjectFile = join(scene.folder, 'subject');
  const file = join(scene.folder, 'federated.json');
  writeFileSync(subjectFile, subject);
  const credentials = {
    type: 'external_account',
    audience:
      '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/p',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `http://127.0.0.1:${portOf(server)}/v1/token`,
    credential_source: { file: subjectFile },
  };
  writeFileSync(file, JSON.stringify(credentials));
  return {
    asked,
    url: `http://127.0.0.1:${portOf(server)}`,
    env: { ...scene.env, GOOGLE_APPLICATION_CREDENTIALS: file },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

describe('credentials of workload identity federation', () => {
  test('deploy with the token that is given for another issuer’s', async () => {
    const service = await tokenService({
      status: 200,
      body: {
        access_token: federatedToken,
        issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        token_type: 'Bearer',
        expires_in: 3600,
      },
    });
    const { env } = service;
    const end = scene.see(scene.google.deploy(target, one, scene.context({ env })));
    expect(await end).toMatchObject({ isChanged: true });
    expect(new URLSearchParams(service.asked[0]).get('subject_token')).toBe(subject);
    await service.close();
  });

  test('that are refused are told in the token service’s words, and without the token', async () => {
    const service = await tokenService({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'The given credential is rejected.' },
    });
    const { env } = service;
    const end = scene.see(scene.google.deploy(target, one, scene.context({ env })));
    await expect(end).rejects.toMatchObject({
      name: 'CredentialsError',
      message: expect.stringContaining('The given credential is rejected.'),
      hint: 'gcloud auth application-default login',
    });
    expect(scene.sent()).toEqual([]);
    await service.close();
  });
});

test('credentials that are refused are a check of their own', async () => {
  const service = await tokenService({ status: 400, body: { error: 'invalid_grant' } });
  const context = scene.context({ env: service.env });
  const checks = await scene.see(listOf(scene.google.doctor(target, context)));
  expect(checks.at(-1)).toEqual({
    name: 'sign-in',
    state: 'bad',
    found: expect.stringContaining('give no token: invalid_grant'),
    mend: 'gcloud auth application-default login',
  });
  expect(scene.sent()).toEqual([]);
  await service.close();
});

describe('without credentials', () => {
  test('nothing is sent, and the command that gives them is told', async () => {
    const env = { ...scene.fake.env, METADATA_SERVER_DETECTION: 'none', HOME: scene.folder };
    const end = scene.see(scene.google.deploy(target, one, scene.context({ env })));
    await expect(end).rejects.toMatchObject({
      name: 'MissingCredentialsError',
      hint: 'gcloud auth application-default login',
    });
    expect(scene.sent()).toEqual([]);
  });

  test('a file that is named and not there is told', async () => {
    const file = join(scene.folder, 'nowhere.json');
    const env = { ...scene.env, GOOGLE_APPLICATION_CREDENTIALS: file };
    const end = scene.see(scene.google.deploy(target, one, scene.context({ env })));
    await expect(end).rejects.toMatchObject({
      name: 'CredentialsError',
      message: `the credentials of GOOGLE_APPLICATION_CREDENTIALS, ${file} cannot be read`,
    });
  });
});

test('the project of the credentials is taken where nobody names one', async () => {
  const asked = { ...target, account: null };
  const end = scene.see(scene.google.deploy(asked, one, scene.context()));
  expect(await end).toMatchObject({ isChanged: true });
});

/** The metadata server, as a machine at Google has one. */
async function metadataServer() {
  const answers: Readonly<Record<string, string>> = {
    '/computeMetadata/v1/instance': 'id',
    '/computeMetadata/v1/project/project-id': 'my-shop',
    '/computeMetadata/v1/universe/universe-domain': 'googleapis.com',
    '/computeMetadata/v1/instance/service-accounts/default/token': JSON.stringify({
      access_token: federatedToken,
      expires_in: 3600,
      token_type: 'Bearer',
    }),
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://metadata');
    const isIdentity = pathname.endsWith('/default/identity');
    const audience = new URL(request.url ?? '', 'http://metadata').searchParams.get('audience');
    const answer = isIdentity ? `id-token-for-${audience}` : answers[pathname.replace(/\/$/, '')];
    const isRight = answer !== undefined && request.headers['metadata-flavor'] === 'Google';
    const type = answer?.startsWith('{') === true ? 'application/json' : 'application/text';
    response.writeHead(isRight ? 200 : 404, { 'metadata-flavor': 'Google', 'content-type': type });
    response.end(isRight ? answer : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

test('a machine at Google gives both, the token and the project', async () => {
  const server = await metadataServer();
  const host = `127.0.0.1:${portOf(server)}`;
  // The official client reads it there.
  vi.stubEnv('GCE_METADATA_HOST', host);
  const env = { ...scene.fake.env, GCE_METADATA_HOST: host, HOME: scene.folder };
  const asked = { ...target, account: null };
  const end = scene.see(scene.google.deploy(asked, one, scene.context({ env })));
  expect(await end).toMatchObject({ isChanged: true });
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

/** A proxy that notes where it is asked to go, and goes nowhere. */
async function proxy() {
  const asked: string[] = [];
  const server = createServer();
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { asked, server, url: `http://127.0.0.1:${portOf(server)}` };
}

const user = () => {
  const file = join(scene.folder, 'user.json');
  writeFileSync(
    file,
    JSON.stringify({
      type: 'authorized_user',
      client_id: 'client',
      client_secret: 'planted-token-of-the-environment',
      refresh_token: 'planted-token-of-the-environment',
    }),
  );
  return { ...scene.env, GOOGLE_APPLICATION_CREDENTIALS: file };
};

describe('the requests of the official library', () => {
  test('go through the environment’s proxy, and a failure shows no credential', async () => {
    const { asked, server, url } = await proxy();
    const env = { ...user(), HTTPS_PROXY: url };
    const end = scene.see(scene.google.deploy(target, one, scene.context({ env })));
    await expect(end).rejects.toMatchObject({
      name: 'DeployError',
      message: expect.stringMatching(/: HTTPS_PROXY answered 403$/),
      hint: expect.stringContaining('tricloud deploy'),
    });
    expect(new Set(asked)).toEqual(new Set(['oauth2.googleapis.com:443']));
    server.close();
  });

  test('whose answer is a page of HTML are reported without it', async () => {
    const service = await tokenService({ status: 502, body: {} });
    const { env } = service;
    const end = scene.see(scene.google.deploy(target, one, scene.context({ env })));
    await expect(end).rejects.toMatchObject({
      message: expect.stringContaining('the token service answered with status 502'),
    });
    await service.close();
  });
});

describe('a request to a function with auth iam', () => {
  const restricted = { ...target, auth: 'iam' } as const;
  const url = 'https://shop-dev-abc-uc.a.run.app/path';
  const sign = (asked: typeof target, env: Record<string, string> = scene.env) =>
    scene.google.signRequest(asked, new Request(url), scene.context({ env }));

  test('has an ID token for the service, by the metadata server', async () => {
    const server = await metadataServer();
    const host = `127.0.0.1:${portOf(server)}`;
    vi.stubEnv('GCE_METADATA_HOST', host);
    const env = { ...scene.fake.env, GCE_METADATA_HOST: host, HOME: scene.folder };
    const signed = await sign(restricted, env);
    expect(signed.headers.get('x-serverless-authorization')).toBe(
      'Bearer id-token-for-https://shop-dev-abc-uc.a.run.app',
    );
    expect(signed.headers.get('authorization')).toBeNull();
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
  });

  test('has one of the impersonated account under workload identity federation', async () => {
    const body = {
      access_token: federatedToken,
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
      expires_in: 3600,
    };
    const service = await tokenService({ status: 200, body });
    const email = 'ci@my-shop.iam.gserviceaccount.com';
    const { GOOGLE_APPLICATION_CREDENTIALS: file } = service.env;
    const credentials = JSON.parse(readFileSync(file, 'utf8'));
    const impersonation = `${service.url}/v1/projects/-/serviceAccounts/${email}:generateAccessToken`;
    writeFileSync(
      file,
      JSON.stringify({ ...credentials, service_account_impersonation_url: impersonation }),
    );
    const signed = await sign(restricted, service.env);
    expect(signed.headers.get('x-serverless-authorization')).toBe('Bearer planted-id-token');
    expect(scene.fake.rest.audiences).toEqual(['https://shop-dev-abc-uc.a.run.app']);
    await service.close();
  });

  test('has no token for a federated workload without an account, which cannot name the deployer', async () => {
    const body = {
      access_token: federatedToken,
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
      expires_in: 3600,
    };
    const service = await tokenService({ status: 200, body });
    const { env } = service;
    await expect(scene.see(sign(restricted, env))).rejects.toThrow('give no ID token');
    const end = scene.see(scene.google.deploy(restricted, one, scene.context({ env })));
    await expect(end).rejects.toThrow('the credentials do not say who deploys');
    expect(scene.sent()).toEqual(['GetFunction', 'GET iam']);
    await service.close();
  });

  test('is sent as it is to a function that everyone may call', async () => {
    const signed = await sign(target);
    expect([...signed.headers]).toEqual([]);
  });
});
