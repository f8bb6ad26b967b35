import type {
  ALBEvent,
  APIGatewayProxyEvent,
  APIGatewayProxyEventV2,
  LambdaFunctionURLEvent,
} from 'aws-lambda';

/** An HTTP API event in format 2.0, as API Gateway sends it. */
export function httpApiEvent(change: Partial<APIGatewayProxyEventV2> = {}): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/notes',
    rawQueryString: 'a=1&a=2&b=3',
    cookies: ['a=1', 'b=2'],
    headers: {
      accept: 'text/html,application/xhtml+xml',
      host: 'api123.execute-api.eu-west-1.amazonaws.com',
      'x-forwarded-for': '192.0.2.7',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    queryStringParameters: { a: '1,2', b: '3' },
    requestContext: {
      accountId: '123456789012',
      apiId: 'api123',
      domainName: 'api123.execute-api.eu-west-1.amazonaws.com',
      domainPrefix: 'api123',
      http: {
        method: 'GET',
        path: '/notes',
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.7',
        userAgent: 'curl/8.7.1',
      },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: '$default',
      stage: '$default',
      time: '22/Nov/2026:19:03:58 +0000',
      timeEpoch: 1795374238000,
    },
    isBase64Encoded: false,
    ...change,
  };
}

/** A function URL event: format 2.0, cookies in the header as well. */
export function functionUrlEvent(): LambdaFunctionURLEvent {
  const event = httpApiEvent();
  const domainName = 'abcdefghijklmnop.lambda-url.eu-west-1.on.aws';
  return {
    ...event,
    headers: { ...event.headers, host: domainName, cookie: 'a=1; b=2' },
    requestContext: {
      ...event.requestContext,
      domainName,
      domainPrefix: 'abcdefghijklmnop',
    },
  };
}

/** A REST API event with both forms of headers and query. */
export function restEvent(change: Partial<APIGatewayProxyEvent> = {}): APIGatewayProxyEvent {
  return {
    resource: '/{proxy+}',
    path: '/notes',
    httpMethod: 'GET',
    headers: { Accept: '*/*', Host: 'api123.execute-api.eu-west-1.amazonaws.com', 'X-M': '2' },
    multiValueHeaders: {
      Accept: ['*/*'],
      Host: ['api123.execute-api.eu-west-1.amazonaws.com'],
      'X-M': ['1', '2'],
    },
    queryStringParameters: { a: '2', b: 'c&d=e+f' },
    multiValueQueryStringParameters: { a: ['1', '2'], b: ['c&d=e+f'] },
    pathParameters: { proxy: 'notes' },
    stageVariables: null,
    requestContext: {
      accountId: '123456789012',
      apiId: 'api123',
      authorizer: null,
      domainName: 'api123.execute-api.eu-west-1.amazonaws.com',
      domainPrefix: 'api123',
      httpMethod: 'GET',
      identity: {
        accessKey: null,
        accountId: null,
        apiKey: null,
        apiKeyId: null,
        caller: null,
        clientCert: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: '192.0.2.7',
        user: null,
        userAgent: 'curl/8.7.1',
        userArn: null,
      },
      path: '/dev/notes',
      protocol: 'HTTP/1.1',
      requestId: '0c1f2b3a-0000-4000-8000-000000000000',
      requestTimeEpoch: 1795374238000,
      resourceId: 'abc123',
      resourcePath: '/{proxy+}',
      stage: 'dev',
    },
    body: null,
    isBase64Encoded: false,
    ...change,
  };
}

/** A load balancer's event in the form that its target group is set to. */
export function albEvent(form: 'single' | 'multi', change: Partial<ALBEvent> = {}): ALBEvent {
  const fields =
    form === 'single'
      ? {
          headers: { host: 'lb.example.com', 'x-m': '1' },
          queryStringParameters: { q: 'a%20b%26c', empty: '' },
        }
      : {
          multiValueHeaders: { host: ['lb.example.com'], 'x-m': ['1', '2'] },
          multiValueQueryStringParameters: { q: ['a%20b%26c', 'd'], empty: [''] },
        };
  return {
    requestContext: {
      elb: {
        targetGroupArn:
          'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/tricloud/49e9d65c45c6791a',
      },
    },
    httpMethod: 'GET',
    path: '/notes',
    body: '',
    isBase64Encoded: false,
    ...fields,
    ...change,
  };
}

/** A context as Lambda's runtime makes it, as far as an adapter reads it. */
export const lambdaContext = {
  awsRequestId: 'f2a0b9f0-0000-4000-8000-000000000000',
  functionName: 'tricloud',
  memoryLimitInMB: '256',
  getRemainingTimeInMillis: () => 2_500,
};
