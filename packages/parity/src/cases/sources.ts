import type { Impossible } from '../contract.ts';

/** An ALB without multi-value headers hands over one value a key. */
export const albKeepsTheLastValue: Impossible = {
  provider: 'aws',
  places: ['memory', 'bundle'],
  shapes: ['alb'],
  why: 'An Application Load Balancer whose target group has no multi-value headers hands over only the last value of a repeated key or header.',
  source:
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#multi-value-headers',
};

/** An HTTP API decodes the path before the function sees it. */
export const httpApiDecodesThePath: Impossible = {
  provider: 'aws',
  places: ['memory', 'bundle', 'local'],
  shapes: ['http-api-2.0', 'http-api-1.0'],
  why: 'An API Gateway HTTP API decodes the path once before it builds the event, so an encoded percent sign before two hex digits cannot be told from an escape.',
  source:
    'https://github.com/honojs/hono/issues/2156, https://github.com/middleapi/standard-server/pull/93',
};
