import type { Impossible } from '../contract.ts';

/** An ALB without multi-value headers hands over one value a key. */
export const albKeepsTheLastValue: Impossible = {
  provider: 'aws',
  places: ['memory', 'bundle'],
  shapes: ['alb'],
  spoils: ['query', 'headers.x-m'],
  why: 'An Application Load Balancer whose target group has no multi-value headers hands over only the last value of a repeated key or header.',
  source:
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#multi-value-headers',
};

/** An HTTP API decodes the path before the function sees it. */
export const httpApiDecodesThePath: Impossible = {
  provider: 'aws',
  places: ['memory', 'bundle', 'local'],
  shapes: ['http-api-2.0', 'http-api-1.0'],
  spoils: ['JSON'],
  why: 'An API Gateway HTTP API decodes the path once before it builds the event, so an encoded percent sign before two hex digits cannot be told from an escape.',
  source:
    'https://github.com/honojs/hono/issues/2156, https://github.com/middleapi/standard-server/pull/93',
};

/** ASP.NET Core's router matches no path with an empty segment inside, not even with a catch-all. */
export const azureRoutesNoEmptySegment: Impossible = {
  provider: 'azure',
  places: ['bundle', 'local'],
  spoils: ['header x-probe'],
  why: 'The Azure Functions host routes with ASP.NET Core, whose routes (a catch-all included) never match a path with an empty segment inside: it answers an empty 404 itself.',
  source:
    'https://github.com/dotnet/aspnetcore/blob/main/src/Http/Routing/src/Patterns/RoutePatternMatcher.cs, https://github.com/dotnet/aspnetcore/blob/main/src/Http/Routing/src/PathTokenizer.cs',
};

/** Of several cookies at most one keeps its own form on Azure. */
export const azureEscapesCookies: Impossible = {
  provider: 'azure',
  places: ['memory', 'bundle', 'local'],
  spoils: ['set-cookie'],
  why: 'Of several Set-Cookie headers @azure/functions keeps the last; all other cookies must go through its cookies member, whose values are escaped anew (== becomes %3D%3D).',
  source:
    'https://github.com/Azure/azure-functions-nodejs-library/blob/v4.x/src/converters/toRpcHttp.ts, https://github.com/Azure/azure-functions-nodejs-library/blob/v4.x/src/http/httpProxy.ts',
};

/** The functions framework parses a body before it calls the function, unless it is kept from it. */
export const frameworkParsesFirst: Impossible = {
  provider: 'google',
  places: ['memory'],
  spoils: ['status', 'body'],
  why: 'functions-framework reads every body with body-parser before it calls the function, has no option against it, and answers what a parser refuses with a page of its own; leaveBodiesUnread of @tricloud/adapters/google, which our app uses, keeps it from reading.',
  source:
    'https://github.com/GoogleCloudPlatform/functions-framework-nodejs/blob/main/src/server.ts, https://github.com/firebase/firebase-functions/issues/364',
};
