import type { ObjectRef } from '../../gateway';
import type { ResourceKind } from '../translate';

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

/** A response that a client was handed. */
export interface Push {
  readonly kind: ResourceKind;
  /** The first change counter that it brings, 0 when it is what the client begins with; and the last one. */
  readonly since: number;
  readonly counter: number;
  readonly resources: number;
  readonly removed: number;
  /** The size of its message. */
  readonly bytes: number;
}

/** Who is told of the clients; what it does must be cheap and must not throw. */
export interface XdsObserver {
  connected(client: XdsClient): void;
  /** It was sent something or answered something, or there is something new for it. */
  moved(client: XdsClient): void;
  gone(client: XdsClient): void;
  /** Its stream was given a response. */
  sent?(client: XdsClient, push: Push): void;
  /** It accepted or rejected a response. */
  answered?(client: XdsClient, kind: ResourceKind, isAccepted: boolean): void;
}
