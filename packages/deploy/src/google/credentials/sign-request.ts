import * as v from 'valibot';
import { DeployError } from '../../engine/errors.ts';
import type { GoogleSession } from './session.ts';

const IdToken = v.object({ token: v.string() });

/**
 * Adds an ID token to a request, where the function asks for one. The header leaves `Authorization` to the function
 * (https://cloud.google.com/run/docs/authenticating/service-to-service, 2026-12-01).
 */
export async function signRequest(session: GoogleSession, request: Request): Promise<Request> {
  if (session.target.auth === 'none') return request;
  const { origin } = new URL(request.url);
  const token =
    (await session.identity.idToken(origin)) ?? (await generateIdToken(session, origin));
  const headers = new Headers(request.headers);
  headers.set('x-serverless-authorization', `Bearer ${token}`);
  return new Request(request, { headers });
}

/** Of workload identity federation, whose credentials are a service account's by impersonation. */
async function generateIdToken({ api, email, target }: GoogleSession, audience: string) {
  if (email === null) {
    throw new DeployError(
      'google',
      'these credentials give no ID token to call the function with',
      {
        hint: `gcloud run services proxy ${target.name}-${target.stage} --region ${target.region}`,
      },
    );
  }
  const path = `v1/projects/-/serviceAccounts/${email}:generateIdToken`;
  const body = { audience, includeEmail: true };
  return (await api.call('iamcredentials GenerateIdToken', IdToken, path, body)).token;
}
