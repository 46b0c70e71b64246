import type { ResourceKind } from '../../../src/xds/translate';

/** A resource that Envoy refuses, and its twin that differs in the one field and that Envoy takes. */
export interface Refusal {
  readonly what: string;
  readonly kind: ResourceKind;
  /** The field that is wrong. */
  readonly path: string;
  readonly bad: Uint8Array;
  readonly good: Uint8Array;
}

export function refusal<T>(
  what: string,
  kind: ResourceKind,
  path: string,
  make: (value: T) => Uint8Array,
  values: { readonly bad: T; readonly good: T },
): Refusal {
  return { what, kind, path, bad: make(values.bad), good: make(values.good) };
}

/** The beginnings of paths: to the route of `route()`, and to the connection manager of `manager()`. */
export const ROUTE = 'virtual_hosts[0].routes[0]';
export const MANAGER = 'filter_chains[0].filters[0].typed_config';
