import type { Fault } from '@tricloud/core';
import { type Fields, textResponse, uncacheable } from './document.ts';

/** What a problem document says besides its status (RFC 9457). */
export interface ProblemOptions {
  /** Why this request was refused, for the one who sent it. */
  readonly detail?: string;
  /** Everything that is wrong with the input, each with its path, its value and what would be right. */
  readonly faults?: readonly Fault[];
  readonly headers?: Fields;
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

/** Documents the member `faults`; it stands in the function's own OpenAPI document. */
const faultyType = '/openapi.json#/components/schemas/Problem';

/** A request that the function refuses: thrown in a route, answered as a problem document at the edge. */
export class ProblemError extends Error {
  readonly status: ProblemStatus;
  readonly options: ProblemOptions;

  constructor(status: ProblemStatus, options: ProblemOptions) {
    super(options.detail ?? titles[status]);
    this.name = 'ProblemError';
    this.status = status;
    this.options = options;
  }
}

/** The problem document of one status as a response; a 5xx never says why. */
export function problemResponse(status: ProblemStatus, options: ProblemOptions = {}): Response {
  const { detail, faults, headers } = options;
  const problem = {
    type: faults ? faultyType : 'about:blank',
    title: titles[status],
    status,
    ...(detail !== undefined && { detail }),
    ...(faults && { faults: faults.map(writable) }),
  };
  return textResponse(
    'application/problem+json',
    JSON.stringify(problem),
    { ...headers, ...uncacheable },
    status,
  );
}

/** `JSON.stringify` is recursive where `JSON.parse` is not: what could exhaust its stack is not sent back. */
function writable(fault: Fault): Omit<Fault, 'value'> {
  const { path, problem } = fault;
  return isDeeperThan(100, fault.value) ? { path, problem } : fault;
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeperThan(levels - 1, each));
}
