import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { federatedToken } from './fake-credentials.ts';
import { portOf } from './fake-grpc.ts';
import { archiveOf, openScene, type Scene, target } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const archive = archiveOf('one');
const subject = 'planted-token-of-the-environment';

/** The token service of workload identity federation, as GitHub's runners meet it. */
async function tokenService(answer: { status: number; body: object }) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    asked.push(await text(request));
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
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
    const end = scene.see(scene.google.deploy(target, archive, scene.context({ env })));
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
    const end = scene.see(scene.google.deploy(target, archive, scene.context({ env })));
    await expect(end).rejects.toMatchObject({
      name: 'CredentialsError',
      message: expect.stringContaining('The given credential is rejected.'),
      hint: 'gcloud auth application-default login',
    });
    expect(scene.sent()).toEqual([]);
    await service.close();
  });
});

describe('without credentials', () => {
  test('nothing is sent, and the command that gives them is told', async () => {
    const env = { ...scene.fake.env, METADATA_SERVER_DETECTION: 'none', HOME: scene.folder };
    const end = scene.see(scene.google.deploy(target, archive, scene.context({ env })));
    await expect(end).rejects.toMatchObject({
      name: 'CredentialsError',
      hint: 'gcloud auth application-default login',
    });
    expect(scene.sent()).toEqual([]);
  });

  test('a file that is named and not there is told', async () => {
    const file = join(scene.folder, 'nowhere.json');
    const env = { ...scene.env, GOOGLE_APPLICATION_CREDENTIALS: file };
    const end = scene.see(scene.google.deploy(target, archive, scene.context({ env })));
    await expect(end).rejects.toMatchObject({
      name: 'CredentialsError',
      message: `the credentials of GOOGLE_APPLICATION_CREDENTIALS, ${file} cannot be read`,
    });
  });
});

test('the project of the credentials is taken where nobody names one', async () => {
  const asked = { ...target, account: null };
  const end = scene.see(scene.google.deploy(asked, archive, scene.context()));
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
    const answer = answers[pathname.replace(/\/$/, '')];
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
  const end = scene.see(scene.google.deploy(asked, archive, scene.context({ env })));
  expect(await end).toMatchObject({ isChanged: true });
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});
