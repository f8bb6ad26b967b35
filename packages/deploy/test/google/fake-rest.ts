import type { Message } from './fake-grpc.ts';

/** What the APIs without a client know. */
export interface RestState {
  readonly project: string;
  readonly accounts: Map<string, { description: string }>;
  readonly policies: Map<string, Message>;
  readonly secrets: Set<string>;
  readonly entries: { timestamp: string; insertId: string; [more: string]: unknown }[];
  readonly enabled: Set<string>;
  /** The secrets of each revision of a service, by the service's name. */
  readonly revisions: Map<string, readonly string[][]>;
  hasService(name: string): boolean;
}

type Answer = { readonly status: number; readonly body: unknown };

/** Answers as the REST reference of each API has it; what it does not have is a 400. */
export function answerRest(
  state: RestState,
  api: string,
  method: string,
  path: string,
  url: URL,
  bytes: Buffer,
): Answer {
  const body = bytes.length === 0 ? {} : JSON.parse(bytes.toString());
  if (api === 'iam') return iam(state, method, path, body);
  if (api === 'logging') return logging(state, method, path, body);
  if (api === 'serviceusage') return serviceUsage(state, path, url);
  if (api === 'run' && path.endsWith('/revisions')) return revisionsOf(state, method, path, url);
  if (api === 'run' || api === 'secretmanager') return policy(state, api, method, path, url, body);
  return refusal(404, 'NOT_FOUND', `no API ${api}`);
}

function refusal(code: number, status: string, message: string): Answer {
  return { status: code, body: { error: { code, status, message } } };
}

function iam(
  { project, accounts }: RestState,
  method: string,
  path: string,
  body: Message,
): Answer {
  const base = `v1/projects/${project}/serviceAccounts`;
  if (method === 'POST' && path === base) {
    const { accountId, serviceAccount, ...more } = body;
    if (!/^[a-z]([-a-z0-9]{4,28}[a-z0-9])$/.test(accountId) || Object.keys(more).length > 0) {
      return refusal(400, 'INVALID_ARGUMENT', `account_id ${accountId}`);
    }
    const email = `${accountId}@${project}.iam.gserviceaccount.com`;
    if (accounts.has(email)) return refusal(409, 'ALREADY_EXISTS', `${email} exists`);
    accounts.set(email, serviceAccount);
    return { status: 200, body: { ...serviceAccount, email } };
  }
  const email = path.slice(base.length + 1);
  const account = accounts.get(email);
  if (account === undefined) return refusal(404, 'NOT_FOUND', `Unknown service account ${email}`);
  if (method === 'DELETE') accounts.delete(email);
  return { status: 200, body: method === 'DELETE' ? {} : { ...account, email } };
}

/** A policy is written with the etag that was read; conditions are told to those who ask for version 3. */
function policy(
  state: RestState,
  api: string,
  method: string,
  path: string,
  url: URL,
  body: Message,
): Answer {
  const [resource = '', verb] = path.split(':');
  const pattern =
    api === 'run'
      ? /^v2\/(projects\/[^/]+\/locations\/[^/]+\/services\/[^/]+)$/
      : /^v1\/projects\/[^/]+\/secrets\/([^/]+)$/;
  const name = pattern.exec(resource)?.[1];
  const isThere = api === 'run' ? state.hasService(name ?? '') : state.secrets.has(name ?? '');
  if (!isThere) return refusal(404, 'NOT_FOUND', `Resource '${resource}' was not found`);
  const current = state.policies.get(resource) ?? { version: 1, etag: 'etag-0', bindings: [] };
  if (method === 'GET' && verb === 'getIamPolicy') {
    if (url.searchParams.get('options.requestedPolicyVersion') !== '3') {
      return refusal(400, 'INVALID_ARGUMENT', 'the version of the policy');
    }
    const { bindings, ...rest } = current;
    return { status: 200, body: bindings.length === 0 ? rest : current };
  }
  if (method !== 'POST' || verb !== 'setIamPolicy') return refusal(400, 'INVALID_ARGUMENT', path);
  if (body.policy.etag !== current.etag) {
    return refusal(409, 'ABORTED', 'There were concurrent policy changes.');
  }
  const etag = `etag-${Number(current.etag.slice(5)) + 1}`;
  state.policies.set(resource, { ...body.policy, etag });
  return { status: 200, body: { ...body.policy, etag } };
}

/** One revision a page, so that there are some. */
function revisionsOf(state: RestState, method: string, path: string, url: URL): Answer {
  const service = /^v2\/(projects\/[^/]+\/locations\/[^/]+\/services\/[^/]+)\/revisions$/.exec(
    path,
  )?.[1];
  if (method !== 'GET' || service === undefined) return refusal(400, 'INVALID_ARGUMENT', path);
  if (!state.hasService(service)) return refusal(404, 'NOT_FOUND', `no service ${service}`);
  const all = state.revisions.get(service) ?? [];
  const at = Number(url.searchParams.get('pageToken') ?? 0);
  const revisions = all.slice(at, at + 1).map((secrets) => {
    const env = secrets.map((secret, index) => ({
      name: `SECRET_${index}`,
      valueSource: { secretKeyRef: { secret, version: '1' } },
    }));
    return { containers: [{ image: 'image', env: [{ name: 'PLAIN', value: '1' }, ...env] }] };
  });
  const more = at + 1 < all.length ? { nextPageToken: String(at + 1) } : {};
  return { status: 200, body: { revisions, ...more } };
}

function logging(
  { project, entries }: RestState,
  method: string,
  path: string,
  body: Message,
): Answer {
  const { resourceNames, filter, orderBy, pageToken } = body;
  const isRight =
    method === 'POST' &&
    path === 'v2/entries:list' &&
    resourceNames?.[0] === `projects/${project}` &&
    orderBy === 'timestamp asc' &&
    /^resource\.type="cloud_run_revision" AND resource\.labels\.service_name="[a-z0-9-]+" AND resource\.labels\.location="[a-z0-9-]+" AND timestamp>="[^"]+"$/.test(
      filter,
    );
  if (!isRight) return refusal(400, 'INVALID_ARGUMENT', `filter ${filter}`);
  const since = /timestamp>="([^"]+)"/.exec(filter)?.[1] ?? '';
  const found = entries
    .filter(({ timestamp }) => timestamp >= since)
    .toSorted((a, b) => a.timestamp.localeCompare(b.timestamp));
  // Pages of two, so that there are some.
  const from = Number(pageToken ?? 0);
  const more = from + 2 < found.length ? { nextPageToken: String(from + 2) } : {};
  return { status: 200, body: { entries: found.slice(from, from + 2), ...more } };
}

function serviceUsage({ project, enabled }: RestState, path: string, url: URL): Answer {
  if (path !== `v1/projects/${project}/services:batchGet`) {
    return refusal(400, 'INVALID_ARGUMENT', path);
  }
  const services = url.searchParams.getAll('names').map((name) => ({
    name: name.replace(project, '123456789012'),
    state: enabled.has(name.split('/').at(-1) ?? '') ? 'ENABLED' : 'DISABLED',
  }));
  return { status: 200, body: { services } };
}
