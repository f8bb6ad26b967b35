import type { Fields, HttpEvent } from './shape.ts';
import { optionalFields, optionalString } from './shape.ts';

/** The path as the function knows it: without the stage and without a custom domain's base path. */
export function eventPath(http: HttpEvent): string {
  const { shape, event, context } = http;
  if (shape === 'format-2') return withoutStage(optionalString(event, 'rawPath') ?? '/', context);
  // A custom domain's event in format 1.0 may have rawPath as well; path is the one to go by.
  const path = optionalString(event, 'path') ?? optionalString(event, 'rawPath') ?? '/';
  if (shape !== 'format-1') return path;
  const mapped = withoutBasePath(path, event, context);
  if (mapped !== path) return mapped;
  // Of the two senders of format 1.0, HTTP APIs name the version and keep the stage in the path.
  return event['version'] === '1.0' ? withoutStage(path, context) : path;
}

/** HTTP APIs put every stage but `$default` in front (https://github.com/CodeGenieApp/serverless-express/issues/465). */
function withoutStage(path: string, context: Fields): string {
  const stage = context['stage'];
  if (typeof stage !== 'string' || stage === '' || stage === '$default') return path;
  const prefix = `/${stage}`;
  if (path === prefix) return '/';
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
}

/**
 * Behind a custom domain with a base path mapping the path begins with that base path, which is
 * named nowhere: it is what stands before the resource that was matched.
 */
function withoutBasePath(path: string, event: Fields, context: Fields): string {
  const resource = event['resource'];
  const domain = context['domainName'];
  if (typeof resource !== 'string' || !resource.startsWith('/')) return path;
  if (typeof domain !== 'string' || ownDomain.test(domain)) return path;
  const parameters = optionalFields(event, 'pathParameters') ?? {};
  const matched = resource.split('/').flatMap((part) => {
    const name = /^\{(.+?)\+?\}$/.exec(part)?.[1];
    if (name === undefined) return [part];
    const value = parameters[name];
    return typeof value === 'string' ? value.split('/') : [undefined];
  });
  const segments = path.split('/');
  const extra = segments.length - matched.length;
  if (resource === '/') return path.length > 1 && segments.length === 2 ? '/' : path;
  if (extra < 1) return path;
  const isMatched = matched.every(
    (part, index) =>
      index === 0 || (part !== undefined && decoded(part) === decoded(segments[extra + index])),
  );
  return isMatched ? `/${segments.slice(extra + 1).join('/')}` : path;
}

const ownDomain = /\.amazonaws\.com(?:\.cn)?$/;

function decoded(segment: string | undefined): string | undefined {
  try {
    return segment === undefined ? undefined : decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
