import type { IncomingMessage } from 'node:http';

/** A request as the control plane sees it. */
export interface Asked {
  /** `DescribeStacks`, `PUT object`, … */
  readonly call: string;
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly url: URL;
  readonly form: URLSearchParams;
  readonly body: Buffer;
}

/** What is answered in place of the control plane's own answer. */
export interface Fault {
  readonly call: string;
  /** How often; once unless told otherwise. */
  times?: number;
  /** How many such requests are answered as usual before. */
  after?: number;
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A page of HTML in place of an answer. */
  readonly page?: string;
  /** Cuts the line, does what it is asked and cuts it then, or never answers, in place of any answer. */
  readonly instead?: 'drop' | 'lose' | 'silence';
}

/** What a request calls, by the name that AWS gives it. */
export function callOf(
  { method = '', headers }: IncomingMessage,
  url: URL,
  form: URLSearchParams,
): string {
  const action = form.get('Action');
  if (action !== null) return action;
  const aim = headers['x-amz-target'];
  if (typeof aim === 'string') return aim.slice(aim.indexOf('.') + 1);
  if (url.pathname.includes('/account-settings')) return 'GetAccountSettings';
  if (url.pathname.startsWith('/2015-03-31/functions/')) return 'GetFunction';
  if (url.searchParams.has('versions')) return 'ListObjectVersions';
  if (url.searchParams.has('delete')) return 'DeleteObjects';
  if (url.searchParams.has('list-type')) return 'ListObjectsV2';
  return `${method} ${url.pathname.split('/').length > 2 && !url.pathname.endsWith('/') ? 'object' : 'bucket'}`;
}

/** The key of an object in the path of a request. */
export function keyOf(path: string): string {
  return path.split('/').slice(2).join('/');
}
