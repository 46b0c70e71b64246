/**
 * The typed model of one proxy: what the database says, checked, normalised and free of database words. A service is
 * immutable, and one whose rows did not change stays the same object, so that whoever derives something from a service may
 * keep it by identity.
 */
export interface ProxyModel {
  readonly name: string;
  /** The change counter that this model has seen (decimal): the version that people see. */
  readonly version: string;
  /** By id, in no order. A view of what there is now, which the next change alters: of 10,000 services it is not copied for one. */
  readonly services: ReadonlyMap<number, Service>;
  /** Ordered by id. */
  readonly rateLimits: readonly RateLimitConfig[];
  /** Of the proxy itself; each service has its own. Absent when there are none. */
  readonly problems?: readonly Problem[];
}

/** A proxy's new model, and which of its services may differ from those before: those that came, changed or went, by id. */
export interface ProxyChange {
  readonly model: ProxyModel;
  /** `all` when the proxy was not there before. */
  readonly services: ReadonlySet<number> | 'all';
}

/** Something stored that cannot be served as it is. It stops nothing but itself. */
export interface Problem {
  readonly object: ObjectRef;
  readonly message: string;
  /** Present when it is served all the same, otherwise than stored: that is to be said, but nothing is rejected. */
  readonly isServed?: true;
}

export type ObjectKind = 'service' | 'route' | 'upstream' | 'filter' | 'secret' | 'globalconfig' | 'proxy';

/** A stored object by its name, and what it is part of where that matters: a filter of a route of a service. */
export interface ObjectRef {
  readonly kind: ObjectKind;
  readonly name: string;
  /** Always there for a route: its service. */
  readonly of?: ObjectRef;
}

export interface Service {
  readonly id: number;
  readonly name: string;
  /** Lower case, without port: an exact name, `*.suffix`, or `*`. Undefined when the fqdn is missing or unusable: not served. */
  readonly host: string | undefined;
  /** Only usable routes; ordered by id. A route may have no upstream. */
  readonly routes: readonly Route[];
  readonly filters: ServiceFilters;
  /** Present when any secret is linked: such a service is never served in clear. */
  readonly tls: ServiceTls | undefined;
  readonly problems: readonly Problem[];
}

export interface ServiceTls {
  readonly secretId: number;
  readonly secretName: string;
  /** The matching pair to serve: the stored one, or else the last one that matched. Undefined when there never was one. */
  readonly pair: TlsPair | undefined;
}

/** PEM texts. */
export interface TlsPair {
  readonly certificate: string;
  readonly privateKey: string;
}

export interface ServiceFilters {
  /** Lua source (http_filter_lua, vh_filter_lua); the one with the lowest filter id, when there are several. */
  readonly lua: string | undefined;
  readonly cors: CorsPolicy | undefined;
  /** E.g. `filter auth`: its script cannot be run, so that the routes are not to be served without it. */
  readonly broken?: string | undefined;
}

/** vh_filter_cors, data-plane reference 1.2. */
export interface CorsPolicy {
  readonly origins: readonly { readonly kind: 'regex' | 'prefix' | 'exact' | 'suffix' | 'contains'; readonly value: string }[];
  readonly allowMethods: string;
  readonly allowHeaders: string;
  readonly exposeHeaders: string;
  /** Seconds, as text. */
  readonly maxAge: string;
}

export interface Route {
  readonly id: number;
  readonly name: string;
  readonly match: RouteMatch;
  /** Ordered by id; each is usable. */
  readonly upstreams: readonly Upstream[];
  readonly filters: RouteFilters;
}

export interface RouteMatch {
  readonly path: { readonly kind: 'prefix' | 'regex'; readonly value: string };
  readonly headers: readonly HeaderMatch[];
}

export interface HeaderMatch {
  readonly name: string;
  readonly test: 'present' | 'exact' | 'notexact' | 'contains' | 'notcontains';
  /** Empty for `present`. */
  readonly value: string;
}

export interface Upstream {
  readonly id: number;
  readonly name: string;
  /** An IP literal or a DNS name. */
  readonly address: string;
  readonly isIp: boolean;
  /** 1 to 65535. */
  readonly port: number;
  /** 0 to 1,000,000; 0 gets no traffic. */
  readonly weight: number;
  /** `http` HTTP/1.1 in clear, `https` HTTP/1.1 over TLS, `h2c` HTTP/2 in clear (grpc, h2c), `h2` HTTP/2 over TLS (grpcs, h2). */
  readonly transport: 'http' | 'https' | 'h2c' | 'h2';
  /** Stored as `grpc` or `grpcs`. */
  readonly grpc: boolean;
  readonly strategy: 'ROUND_ROBIN' | 'LEAST_REQUEST' | 'RANDOM' | 'RING_HASH_COOKIE';
  readonly healthCheck: HealthCheck | undefined;
  readonly validation: UpstreamValidation | undefined;
}

/** Present when any hc_* column is set; defaults filled in. Seconds are whole seconds, at least 1. */
export interface HealthCheck {
  readonly path: string;
  readonly host: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly unhealthyThreshold: number;
  readonly healthyThreshold: number;
}

export interface UpstreamValidation {
  /** PEM of the certificate authority. */
  readonly caCertificate: string;
  readonly subjectName: string;
}

export interface RouteFilters {
  /** One list a route_filter_ratelimit, ordered by filter id: each list is one descriptor. */
  readonly rateLimits: readonly (readonly RateLimitAction[])[];
  readonly circuitBreakers: CircuitBreakers | undefined;
  readonly outlierDetection: OutlierDetection | undefined;
  readonly hostRewrite: { readonly patternRegex: string; readonly substitution: string } | undefined;
  readonly redirect: Redirect | undefined;
  readonly directResponse: { readonly status: number } | undefined;
  /** E.g. `filter limit`: its configuration cannot be read, so that the route is not to be served without it. */
  readonly broken?: string | undefined;
}

export type RateLimitAction =
  | { readonly kind: 'generic_key'; readonly value: string }
  | { readonly kind: 'request_headers'; readonly headerName: string; readonly descriptorKey: string }
  | { readonly kind: 'source_cluster' | 'destination_cluster' | 'remote_address' };

/** Zero means not set. */
export interface CircuitBreakers {
  readonly maxConnections: number;
  readonly maxPendingRequests: number;
  readonly maxRequests: number;
  readonly maxRetries: number;
}

/** Zero means not set. */
export interface OutlierDetection {
  readonly consecutive5xx: number;
  readonly enforcingConsecutive5xx: number;
  readonly consecutiveGatewayFailure: number;
  readonly enforcingConsecutiveGatewayFailure: number;
}

/** Empty texts and port 0 mean not set. */
export interface Redirect {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly prefixRewrite: string;
  readonly regex: string;
  readonly responseCode: 301 | 302 | 303 | 307 | 308;
  readonly stripQuery: boolean;
}

/** globalconfig_ratelimit: the configuration of the reference rate limit service (data-plane reference 3.4). */
export interface RateLimitConfig {
  readonly id: number;
  readonly name: string;
  readonly domain: string;
  readonly descriptors: readonly RateLimitDescriptor[];
}

export interface RateLimitDescriptor {
  readonly key: string;
  /** Undefined matches every value, each counted for itself. */
  readonly value: string | undefined;
  readonly limit: RateLimit | undefined;
  readonly descriptors: readonly RateLimitDescriptor[];
}

export interface RateLimit {
  readonly unit: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
  /** 0 blocks. */
  readonly requestsPerUnit: number;
  readonly unlimited: boolean;
}
