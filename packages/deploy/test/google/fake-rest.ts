import { type Answer, type Message, ok, Refusal } from './fake-refusal.ts';

/** What the APIs besides Functions know. */
export interface RestState {
  readonly project: string;
  readonly accounts: Map<string, { description: string }>;
  readonly policies: Map<string, Message>;
  readonly secrets: Set<string>;
  readonly entries: { timestamp: string; insertId: string; [more: string]: unknown }[];
  readonly enabled: Set<string>;
  /** The secrets of each revision of a service, by the service's name. */
  readonly revisions: Map<string, readonly string[][]>;
  /** Services without a check of callers. */
  readonly open: Set<string>;
  /** Domain restricted sharing: no policy takes `allUsers`. */
  isRestricted: boolean;
  readonly buildAccount: string;
  buildRoles: readonly string[];
  /** Requested audiences of ID tokens. */
  readonly audiences: string[];
  hasService(name: string): boolean;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Message;
}

/** Answers as the REST reference of each API has it; what it does not have is a 400. */
export function answerRest(state: RestState, api: string, request: Request): Answer {
  const answer = apis[api];
  if (answer === undefined) throw new Refusal(404, 'NOT_FOUND', `no API ${api}`);
  return answer(state, request);
}

const apis: Record<string, (state: RestState, request: Request) => Answer> = {
  iam,
  iamcredentials,
  logging,
  serviceusage,
  cloudbuild,
  cloudresourcemanager,
  run,
  secretmanager: (state, request) => policy(state, 'secretmanager', request),
};

function invalid(what: string): Refusal {
  return new Refusal(400, 'INVALID_ARGUMENT', what);
}

function iam({ project, accounts }: RestState, { method, path, body }: Request): Answer {
  const base = `v1/projects/${project}/serviceAccounts`;
  if (method === 'POST' && path === base) {
    const { accountId, serviceAccount, ...more } = body;
    if (!/^[a-z]([-a-z0-9]{4,28}[a-z0-9])$/.test(accountId) || Object.keys(more).length > 0) {
      throw invalid(`account_id ${accountId}`);
    }
    const email = `${accountId}@${project}.iam.gserviceaccount.com`;
    if (accounts.has(email)) throw new Refusal(409, 'ALREADY_EXISTS', `${email} exists`);
    accounts.set(email, serviceAccount);
    return ok({ ...serviceAccount, email });
  }
  const email = path.slice(base.length + 1);
  const account = accounts.get(email);
  if (account === undefined) throw new Refusal(404, 'NOT_FOUND', `Unknown account ${email}`);
  if (method === 'DELETE') accounts.delete(email);
  return ok(method === 'DELETE' ? {} : { ...account, email });
}

function iamcredentials(state: RestState, { method, path, body }: Request): Answer {
  const isRight =
    method === 'POST' &&
    /^v1\/projects\/-\/serviceAccounts\/[^/]+:generateIdToken$/.test(path) &&
    body.includeEmail === true;
  if (!isRight) throw invalid(path);
  state.audiences.push(body.audience);
  return ok({ token: 'planted-id-token' });
}

function run(state: RestState, request: Request): Answer {
  const { method, path, query, body } = request;
  if (path.endsWith('/revisions')) return revisionsOf(state, request);
  if (path.includes('/operations/')) return ok({ name: path.slice(3), done: true, response: {} });
  const service = /^v2\/(projects\/[^/]+\/locations\/[^/]+\/services\/[^/:]+)$/.exec(path)?.[1];
  if (service === undefined) return policy(state, 'run', request);
  if (!state.hasService(service)) throw new Refusal(404, 'NOT_FOUND', `no service ${service}`);
  if (method === 'PATCH') {
    if (query.get('updateMask') !== 'invokerIamDisabled' || body.name !== service) {
      throw invalid(`updateMask ${query.get('updateMask')}`);
    }
    if (body.invokerIamDisabled === true) state.open.add(service);
    else state.open.delete(service);
    const location = service.replace(/\/services\/.*/, '');
    return ok({ name: `${location}/operations/1`, done: false });
  }
  const isOpen = state.open.has(service);
  return ok({ name: service, ...(isOpen && { invokerIamDisabled: true }) });
}

/** A policy is written with the etag that was read; conditions are answered to those who ask for version 3. */
function policy(state: RestState, api: string, { method, path, query, body }: Request): Answer {
  const [resource = '', verb] = path.split(':');
  const pattern =
    api === 'run'
      ? /^v2\/(projects\/[^/]+\/locations\/[^/]+\/services\/[^/]+)$/
      : /^v1\/projects\/[^/]+\/secrets\/([^/]+)$/;
  const name = pattern.exec(resource)?.[1];
  const isThere = api === 'run' ? state.hasService(name ?? '') : state.secrets.has(name ?? '');
  if (!isThere) throw new Refusal(404, 'NOT_FOUND', `Resource '${resource}' was not found`);
  const current = state.policies.get(resource) ?? { version: 1, etag: 'etag-0', bindings: [] };
  if (method === 'GET' && verb === 'getIamPolicy') {
    if (query.get('options.requestedPolicyVersion') !== '3') throw invalid('policy version');
    const { bindings, ...rest } = current;
    return ok(bindings.length === 0 ? rest : current);
  }
  if (method !== 'POST' || verb !== 'setIamPolicy') throw invalid(path);
  if (body.policy.etag !== current.etag) {
    throw new Refusal(409, 'ABORTED', 'There were concurrent policy changes.');
  }
  const members = body.policy.bindings.flatMap((binding: Message) => binding.members);
  if (state.isRestricted && members.includes('allUsers')) {
    const message = 'One or more users named in the policy do not belong to a permitted customer.';
    throw new Refusal(400, 'FAILED_PRECONDITION', message);
  }
  const etag = `etag-${Number(current.etag.slice(5)) + 1}`;
  state.policies.set(resource, { ...body.policy, etag });
  return ok({ ...body.policy, etag });
}

/** One revision a page, so that there are some. */
function revisionsOf(state: RestState, { method, path, query }: Request): Answer {
  const service = /^v2\/(projects\/[^/]+\/locations\/[^/]+\/services\/[^/]+)\/revisions$/.exec(
    path,
  )?.[1];
  if (method !== 'GET' || service === undefined) throw invalid(path);
  if (!state.hasService(service)) throw new Refusal(404, 'NOT_FOUND', `no service ${service}`);
  const all = state.revisions.get(service) ?? [];
  const at = Number(query.get('pageToken') ?? 0);
  const revisions = all.slice(at, at + 1).map((secrets) => {
    const env = secrets.map((secret, index) => ({
      name: `SECRET_${index}`,
      valueSource: { secretKeyRef: { secret, version: '1' } },
    }));
    return { containers: [{ image: 'image', env: [{ name: 'PLAIN', value: '1' }, ...env] }] };
  });
  const more = at + 1 < all.length ? { nextPageToken: String(at + 1) } : {};
  return ok({ revisions, ...more });
}

function logging({ project, entries }: RestState, { method, path, body }: Request): Answer {
  const { resourceNames, filter, orderBy, pageToken } = body;
  const isRight =
    method === 'POST' &&
    path === 'v2/entries:list' &&
    resourceNames?.[0] === `projects/${project}` &&
    orderBy === 'timestamp asc' &&
    /^resource\.type="cloud_run_revision" AND resource\.labels\.service_name="[a-z0-9-]+" AND resource\.labels\.location="[a-z0-9-]+" AND timestamp>="[^"]+"$/.test(
      filter,
    );
  if (!isRight) throw invalid(`filter ${filter}`);
  const since = /timestamp>="([^"]+)"/.exec(filter)?.[1] ?? '';
  const found = entries
    .filter(({ timestamp }) => timestamp >= since)
    .toSorted((a, b) => a.timestamp.localeCompare(b.timestamp));
  // Pages of two, so that there are some.
  const from = Number(pageToken ?? 0);
  const more = from + 2 < found.length ? { nextPageToken: String(from + 2) } : {};
  return ok({ entries: found.slice(from, from + 2), ...more });
}

function serviceusage({ project, enabled }: RestState, { path, query }: Request): Answer {
  if (path !== `v1/projects/${project}/services:batchGet`) throw invalid(path);
  const services = query.getAll('names').map((name) => ({
    name: name.replace(project, '123456789012'),
    state: enabled.has(name.split('/').at(-1) ?? '') ? 'ENABLED' : 'DISABLED',
  }));
  return ok({ services });
}

function cloudbuild({ project, buildAccount }: RestState, { method, path }: Request): Answer {
  const isRight =
    method === 'GET' &&
    path === `v1/projects/${project}/locations/us-central1/defaultServiceAccount`;
  if (!isRight) throw invalid(path);
  return ok({ serviceAccountEmail: `projects/${project}/serviceAccounts/${buildAccount}` });
}

function cloudresourcemanager(state: RestState, { method, path, body }: Request): Answer {
  const [resource, verb] = path.split(':');
  if (method !== 'POST' || resource !== `v1/projects/${state.project}`) throw invalid(path);
  if (verb === 'getEffectiveOrgPolicy') {
    if (body.constraint !== 'constraints/iam.allowedPolicyMemberDomains') throw invalid(path);
    const listPolicy = state.isRestricted ? { allowedValues: ['C0abc'] } : { allValues: 'ALLOW' };
    return ok({ constraint: body.constraint, listPolicy });
  }
  if (verb !== 'getIamPolicy') throw invalid(path);
  const members = [`serviceAccount:${state.buildAccount}`];
  return ok({ bindings: state.buildRoles.map((role) => ({ role, members })) });
}
