import type { Fault } from '@tricloud/core';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { readablePath } from './path.ts';

/** Members of a problem document besides its status (RFC 9457), and the headers of its response. */
export interface ProblemOptions {
  /** Why this request was refused, for the client. */
  readonly detail?: string;
  /** Everything that is wrong with the input, each with its path, its value and what would be right. */
  readonly faults?: readonly Fault[];
  readonly headers?: Readonly<Record<string, string>>;
}

const titles = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  500: 'Internal Server Error',
} as const;

/** The statuses with which the function refuses or fails. */
export type ProblemStatus = keyof typeof titles;

/** Documents the member `faults`; it is part of the function's own OpenAPI document. */
const faultyType = '/openapi.json#/components/schemas/Problem';

/** A request that the function refuses: thrown in a route, answered as a problem document by `answerError`. */
export class ProblemError extends HTTPException {
  override readonly name = 'ProblemError';

  constructor(status: ProblemStatus, options: ProblemOptions) {
    super(status, {
      message: options.detail ?? titles[status],
      res: problemResponse(status, options),
    });
  }
}

/** Responds with the problem document of one status; a 5xx never says why. */
export function problemResponse(status: ProblemStatus, options: ProblemOptions = {}): Response {
  const { detail, faults, headers } = options;
  const problem = {
    type: faults ? faultyType : 'about:blank',
    title: titles[status],
    status,
    detail,
    faults: faults?.map(writable),
  };
  return Response.json(problem, {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
  });
}

/** Answers a `ProblemError` with its document; a bug is logged and answered with a 500 that does not say why. */
export function answerError(error: Error): Response {
  if (error instanceof ProblemError) return error.getResponse();
  console.error(error);
  return problemResponse(500);
}

/** Answers 404 where there is no route. */
export function answerNotFound(c: Context): Response {
  const path = readablePath(new URL(c.req.url).pathname);
  return problemResponse(404, {
    detail: `There is nothing at ${path}; /openapi.json says what there is.`,
  });
}

/** `JSON.stringify` is recursive where `JSON.parse` is not: a value that could exhaust its stack is left out. */
function writable(fault: Fault): Omit<Fault, 'value'> {
  const { path, problem } = fault;
  return isDeeperThan(100, fault.value) ? { path, problem } : fault;
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeperThan(levels - 1, each));
}
