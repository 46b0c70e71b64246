import type { Resource } from '../resource';
import type { ResourceKind } from '../translate';

/** A request of a client, of either variant of the protocol. */
export interface Request {
  readonly kind: ResourceKind;
  /** What it answers; empty for none. */
  readonly nonce: string;
  /** Why it rejects the response that it answers. */
  readonly rejection: string | undefined;
  /** What it wants: the whole list, or how that changes. */
  readonly asks:
    { readonly names: readonly string[] } | { readonly subscribe: readonly string[]; readonly unsubscribe: readonly string[] };
  /** What it has from an earlier stream, on the first request of a type: a version for all, or one for each name. */
  readonly has: string | ReadonlyMap<string, string>;
}

/** What is sent at once of one type. */
export interface Delivery {
  readonly kind: ResourceKind;
  readonly nonce: number;
  /** The first change counter that it brings; 0 when it is what the client begins with. */
  readonly since: number;
  /** State of the world: of all that the client then has. Incremental: the change counter, for people. */
  readonly version: string;
  readonly resources: readonly Resource[];
  /** Incremental only. */
  readonly removed: readonly string[];
}

/** The two variants: every response of some types is the whole state, or every response is what changed. */
export type Variant = 'state of the world' | 'delta';
