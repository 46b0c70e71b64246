import type { RouteMatch } from '../gateway';
import type { ExplainedFilter } from './filters';
import type { ExplainedUpstream } from './upstreams';

/** A route of the host that was tried before, and why it did not serve the request. */
export interface TriedRoute {
  readonly service: string;
  readonly route: string;
  readonly failed: readonly string[];
}

/** What becomes of a request. */
export interface Explanation {
  readonly listener: {
    readonly name: string;
    readonly port: number;
    /** The name of the secret whose certificate is shown, on the TLS listener. */
    readonly secret?: string;
  };
  /** The virtual host that matched: exact, `*.suffix` or `*`. */
  readonly host?: string;
  readonly service?: { readonly id: number; readonly name: string };
  readonly route?: { readonly id: number; readonly name: string; readonly match: RouteMatch };
  readonly action: 'forward' | 'redirect' | 'direct_response' | 'unavailable' | 'not_found';
  /** Of what is answered without an upstream; absent when there is no answer, since the connection is not made. */
  readonly status?: number;
  readonly location?: string;
  /** Why it is unavailable or not found. */
  readonly reason?: string;
  /** What an upstream is sent. */
  readonly sent?: { readonly host: string; readonly path: string };
  readonly tried: readonly TriedRoute[];
  /** In the order in which they run. */
  readonly filters: readonly ExplainedFilter[];
  readonly upstreams: readonly ExplainedUpstream[];
}
