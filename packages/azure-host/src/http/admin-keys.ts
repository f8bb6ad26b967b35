import { type NamedKeys, newKey } from '../auth/keys.ts';
import { fieldOf } from '../narrow.ts';
import {
  type AdminRequest,
  answerJson,
  answerStatus,
  notFound,
  parseJson,
  readText,
} from './admin-request.ts';

/** Answers a request for a list of keys, or for the one that the path names at this depth. */
export async function answerKeys(
  admin: AdminRequest,
  named: NamedKeys,
  depth: number,
): Promise<void> {
  const { method, path } = admin;
  const name = path[depth];
  if (name !== undefined) {
    await answerKey(admin, named, name, depth === 2 && name.toLowerCase() === '_master');
  } else if (method === 'GET') {
    const keys = [...named].map(([key, value]) => ({ name: key, value }));
    answerJson(admin, 200, { keys, links: [] });
  } else {
    notFound(admin);
  }
}

async function answerKey(
  admin: AdminRequest,
  named: NamedKeys,
  name: string,
  isMaster: boolean,
): Promise<void> {
  const { context, method } = admin;
  const value = isMaster ? context.keys().master : named.get(name);
  if (method === 'POST' || method === 'PUT') {
    await setKey(admin, named, name, isMaster);
  } else if (method === 'GET' && value !== undefined) {
    answerJson(admin, 200, { name, value });
  } else if (method === 'DELETE' && !isMaster && named.delete(name)) {
    context.keys().save();
    answerStatus(admin, 204);
  } else {
    notFound(admin);
  }
}

/** PUT takes the value that is given, POST makes a new one. */
async function setKey(
  admin: AdminRequest,
  named: NamedKeys,
  name: string,
  isMaster: boolean,
): Promise<void> {
  const given = fieldOf(parseJson(await readText(admin)), 'value');
  const value = admin.method === 'PUT' ? given : newKey();
  if (typeof value !== 'string' || value === '') {
    answerStatus(admin, 400);
    return;
  }
  const keys = admin.context.keys();
  const isNew = !isMaster && !named.has(name);
  if (isMaster) keys.master = value;
  else named.set(name, value);
  keys.save();
  answerJson(admin, isNew ? 201 : 200, { name, value });
}
