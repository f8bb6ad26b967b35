import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Finished } from '../invoker.ts';
import type { LoadedApp } from '../loaded-app.ts';
import type { RequestPath } from '../routing/request-path.ts';
import type { RouteMatch } from '../routing/route-table.ts';

/** A request on its way to a function. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly app: LoadedApp;
  readonly method: string;
  /** As the request names it, with its port. */
  readonly hostName: string;
  readonly path: RequestPath;
  readonly match: RouteMatch;
}

/** The answer to a request, as it is recorded. */
export interface Result {
  readonly finished: Finished;
  readonly status: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** The reason of an invocation that a request starts, in the words of Azure's host. */
export const requestReason = 'This function was programmatically called via the host APIs.';
