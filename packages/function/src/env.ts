import type { Invocation } from '@tricloud/adapters';
import type { Context, Handler as HonoHandler } from 'hono';

/** What a route can read besides the request. */
export interface Env {
  readonly Bindings: { readonly invocation: Invocation };
}

/** A request in its route. */
export type RouteContext = Context<Env>;

export type Route = HonoHandler<Env>;
