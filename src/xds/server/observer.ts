import type { ObjectRef } from '../../gateway';

/** Something that a client is not given because it rejects it. */
export interface HeldObject {
  readonly object: ObjectRef;
  readonly serviceIds: readonly number[];
  /** The resource's name. */
  readonly resource: string;
  /** The client's own words. */
  readonly reason: string;
}

export interface LastError {
  /** The names of what it rejected, or some of them. */
  readonly resource: string;
  readonly reason: string;
  readonly at: Date;
}

/** One client on one stream, as it is at the moment. */
export interface XdsClient {
  readonly proxy: string;
  /** Its node's id. */
  readonly node: string;
  readonly peer: string;
  /** The program and its version, such as `envoy/1.40.0`. */
  readonly client: string;
  readonly connectedSince: Date;
  /** The last change counter of which it has accepted everything; below 0 before it has accepted anything. */
  readonly acknowledged: number;
  readonly heldBack: readonly HeldObject[];
  /** What it said when it rejected something last. */
  readonly lastError: LastError | undefined;
}

/** Who is told of the clients; what it does must be cheap and must not throw. */
export interface XdsObserver {
  connected(client: XdsClient): void;
  /** It was sent something or answered something, or there is something new for it. */
  moved(client: XdsClient): void;
  gone(client: XdsClient): void;
}
