import type { HeaderLine, Step } from '../contract.ts';

/** The front doors of AWS Lambda that build an event of a request. */
export type LambdaShape =
  | 'http-api-2.0'
  | 'http-api-1.0'
  | 'rest'
  | 'function-url'
  | 'alb'
  | 'alb-multi-value';

type Members = Record<string, unknown>;

const domains: Readonly<Record<LambdaShape, string>> = {
  'http-api-2.0': 'abc123.execute-api.us-east-1.amazonaws.com',
  'http-api-1.0': 'abc123.execute-api.us-east-1.amazonaws.com',
  rest: 'abc123.execute-api.us-east-1.amazonaws.com',
  'function-url': 'abc123.lambda-url.us-east-1.on.aws',
  alb: 'probe-1234567890.us-east-1.elb.amazonaws.com',
  'alb-multi-value': 'probe-1234567890.us-east-1.elb.amazonaws.com',
};

/**
 * The event that AWS itself would build of a request.
 * Sources: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html,
 * set-up-lambda-proxy-integrations.html, https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html; HTTP APIs decode the path
 * and all others keep it (honojs/hono#2156, middleapi/standard-server#93).
 */
export function lambdaEvent(step: Step, shape: LambdaShape): Members {
  const wire: Step = { ...step, headers: arrived(step.headers, domains[shape], step.body) };
  if (shape === 'http-api-2.0' || shape === 'function-url') return payload2(wire, shape);
  if (shape === 'http-api-1.0' || shape === 'rest') return payload1(wire, shape);
  return loadBalancer(wire, shape);
}

function payload2(step: Step, shape: 'http-api-2.0' | 'function-url'): Members {
  const [path, search] = split(step.target);
  const isHttpApi = shape === 'http-api-2.0';
  const rawPath = isHttpApi ? decodePath(path) : path;
  const all = lowerCased(step.headers);
  const cookies = all
    .filter(([name]) => name === 'cookie')
    .flatMap(([, value]) => value.split(/; ?/));
  // HTTP APIs move cookies into their own member; Function URLs leave the header there as well.
  const headers = isHttpApi ? all.filter(([name]) => name !== 'cookie') : all;
  const query = joined([...new URLSearchParams(search)], ',');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString: search,
    ...(cookies.length > 0 && { cookies }),
    headers: joined(headers, ','),
    ...(search !== '' && { queryStringParameters: query }),
    requestContext: {
      accountId: isHttpApi ? '123456789012' : 'anonymous',
      apiId: 'abc123',
      domainName: domains[shape],
      domainPrefix: 'abc123',
      http: {
        method: step.method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: '203.0.113.7',
        userAgent: 'probe/1.0',
      },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: '$default',
      stage: '$default',
      time: '10/Mar/2026:05:16:23 +0000',
      timeEpoch: 1_773_119_783_000,
    },
    ...bodyMembers(step, isText(all) ? 'utf8' : 'base64'),
  };
}

function payload1(step: Step, shape: 'http-api-1.0' | 'rest'): Members {
  const [path, search] = split(step.target);
  const isRest = shape === 'rest';
  const eventPath = isRest ? path : decodePath(path);
  const query = [...new URLSearchParams(search)];
  const members = bodyMembers(
    step,
    isRest || !isText(lowerCased(step.headers)) ? 'base64' : 'utf8',
  );
  return {
    ...(!isRest && { version: '1.0' }),
    resource: '/{proxy+}',
    path: eventPath,
    httpMethod: step.method,
    headers: Object.fromEntries(step.headers),
    multiValueHeaders: grouped(step.headers),
    queryStringParameters: query.length > 0 ? Object.fromEntries(query) : null,
    multiValueQueryStringParameters: query.length > 0 ? grouped(query) : null,
    pathParameters: { proxy: decodePath(path).replace(/^\//, '') },
    stageVariables: null,
    requestContext: {
      accountId: '123456789012',
      apiId: 'abc123',
      domainName: domains[shape],
      domainPrefix: 'abc123',
      httpMethod: step.method,
      identity: { sourceIp: '203.0.113.7', userAgent: 'probe/1.0' },
      path: isRest ? `/prod${path}` : eventPath,
      protocol: 'HTTP/1.1',
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      requestTimeEpoch: 1_773_119_783_000,
      resourceId: 'us4z18',
      resourcePath: '/{proxy+}',
      stage: isRest ? 'prod' : '$default',
    },
    body: null,
    ...members,
  };
}

function loadBalancer(step: Step, shape: 'alb' | 'alb-multi-value'): Members {
  const [path, search] = split(step.target);
  const headers = lowerCased(step.headers);
  // The load balancer splits the query string and leaves every percent sign and plus as it came.
  const query = search
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): HeaderLine => {
      const equals = pair.indexOf('=');
      return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    });
  const lists =
    shape === 'alb'
      ? { headers: Object.fromEntries(headers), queryStringParameters: Object.fromEntries(query) }
      : { multiValueHeaders: grouped(headers), multiValueQueryStringParameters: grouped(query) };
  return {
    requestContext: {
      elb: {
        targetGroupArn:
          'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/probe/d9fb1a2b3c4d5e6f',
      },
    },
    httpMethod: step.method,
    path,
    ...lists,
    body: '',
    ...bodyMembers(step, isText(headers) ? 'utf8' : 'base64'),
  };
}

/** What the front door itself puts on the request: it overwrites the scheme and appends to the addresses. */
function arrived(
  headers: readonly HeaderLine[],
  host: string,
  body?: Uint8Array,
): readonly HeaderLine[] {
  const kept = headers.filter(([name]) => !/^(x-forwarded-(proto|port)|host)$/i.test(name));
  return [
    ['Host', host],
    ...kept,
    ...(body ? [['Content-Length', String(body.byteLength)] as const] : []),
    ['X-Amzn-Trace-Id', 'Root=1-5e6722a7-cc56xmpl46db7ae02d4da47e'],
    ['X-Forwarded-For', '203.0.113.7'],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ];
}

function bodyMembers({ body }: Step, encoding: 'utf8' | 'base64'): Members {
  if (!body || body.byteLength === 0) return { isBase64Encoded: false };
  return { body: Buffer.from(body).toString(encoding), isBase64Encoded: encoding === 'base64' };
}

/** Content types whose bodies are handed over as text; all others come in base64. */
function isText(headers: readonly HeaderLine[]): boolean {
  const line = (wanted: string) => headers.find(([name]) => name === wanted)?.[1] ?? '';
  if (line('content-encoding') !== '') return false;
  return /^(text\/|application\/(json|javascript|xml)\b)/i.test(line('content-type'));
}

function lowerCased(headers: readonly HeaderLine[]): readonly HeaderLine[] {
  return headers.map(([name, value]) => [name.toLowerCase(), value]);
}

function joined(pairs: readonly HeaderLine[], separator: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(grouped(pairs)).map(([name, values]) => [name, values.join(separator)]),
  );
}

function grouped(pairs: readonly HeaderLine[]): Record<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return Object.fromEntries(groups);
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function split(target: string): readonly [path: string, search: string] {
  const mark = target.indexOf('?');
  return mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
}
