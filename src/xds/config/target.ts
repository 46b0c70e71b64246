import type { Resource } from '../resource';
import type { HostRoutes, ResourceKind } from '../translate';

/** What the clients of a proxy are to have of one resource; immutable. */
export interface Target {
  readonly resource: Resource;
}

export interface ClusterTarget extends Target {
  /** Its endpoints come as a resource of their own. */
  readonly hasEndpoints: boolean;
  /** The longest time, in seconds, for which Envoy keeps the cluster warming because of an upstream that stays silent. */
  readonly warmingSeconds: number;
}

/** A filter chain. */
export interface ChainTarget extends Target {
  /** The resource with its certificate. */
  readonly secret: string;
}

/** A route configuration, which may hold several hosts. */
export interface RouteTarget extends Target {
  /** By host, in the order of their names. */
  readonly members: ReadonlyMap<string, HostRoutes>;
  /** The hosts that it answers 421. */
  readonly elsewhere: readonly string[];
}

/** Everything that the clients of a proxy are to have, by name; `get` and `has` also find what is to be had by name alone. */
export interface Targets {
  readonly cluster: ReadonlyMap<string, ClusterTarget>;
  readonly endpoint: ReadonlyMap<string, Target>;
  readonly secret: ReadonlyMap<string, Target>;
  readonly scope: ReadonlyMap<string, Target>;
  readonly listener: ReadonlyMap<string, Target>;
  readonly chain: ReadonlyMap<string, ChainTarget>;
  readonly route: ReadonlyMap<string, RouteTarget>;
}

/** The names of the resources that came, changed or went. */
export type ChangedNames = ReadonlyMap<ResourceKind, ReadonlySet<string>>;
