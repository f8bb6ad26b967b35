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
  if (resource === '/') return '/';
  const parameters = optionalFields(event, 'pathParameters') ?? {};
  const matched = resource.replaceAll(/\{([^{}+]+)\+?\}/g, (placeholder, name: string) => {
    const value = parameters[name];
    return typeof value === 'string' ? value : placeholder;
  });
  // Parameters are decoded where the path is not; a base path has nothing that could be.
  const whole = path.endsWith(matched) ? path : decoded(path);
  const basePath = whole.endsWith(matched) ? whole.slice(0, -matched.length) : '';
  return path.startsWith(basePath) ? path.slice(basePath.length) : path;
}

const ownDomain = /\.amazonaws\.com(?:\.cn)?$/;

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
