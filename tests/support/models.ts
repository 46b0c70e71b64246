import type { HealthCheck, ProxyChange, ProxyModel, Route, RouteFilters, Service, Upstream } from '../../src/gateway';

const NO_FILTERS: RouteFilters = {
  rateLimits: [],
  circuitBreakers: undefined,
  outlierDetection: undefined,
  hostRewrite: undefined,
  redirect: undefined,
  directResponse: undefined,
};

/** One answer, or one second without, decides. */
export const CHECK: HealthCheck = {
  path: '/',
  host: 'check.test',
  intervalSeconds: 1,
  timeoutSeconds: 1,
  unhealthyThreshold: 1,
  healthyThreshold: 1,
};

/** A usable upstream: plain HTTP on loopback without a health check. */
export function upstream(id: number, port: number, changes: Partial<Upstream> = {}): Upstream {
  return {
    id,
    name: `server${id}`,
    address: '127.0.0.1',
    isIp: true,
    port,
    weight: 100,
    transport: 'http',
    grpc: false,
    strategy: 'ROUND_ROBIN',
    healthCheck: undefined,
    validation: undefined,
    ...changes,
  };
}

export function grpcUpstream(id: number, port: number, changes: Partial<Upstream> = {}): Upstream {
  return upstream(id, port, { transport: 'h2c', grpc: true, ...changes });
}

export function route(
  id: number,
  prefix: string,
  upstreams: readonly Upstream[],
  changes: Partial<Omit<Route, 'filters'>> & { filters?: Partial<RouteFilters> } = {},
): Route {
  const { filters, ...others } = changes;
  return {
    id,
    name: `route${id}`,
    match: { path: { kind: 'prefix', value: prefix }, headers: [] },
    upstreams,
    filters: { ...NO_FILTERS, ...filters },
    ...others,
  };
}

export function service(id: number, host: string, routes: readonly Route[], changes: Partial<Service> = {}): Service {
  return {
    id,
    name: `service${id}`,
    host,
    routes,
    filters: { lua: undefined, cors: undefined },
    tls: undefined,
    problems: [],
    ...changes,
  };
}

export function proxy(services: readonly Service[], changes: Partial<ProxyModel> = {}): ProxyModel {
  return { name: 'gw', version: '1', services: new Map(services.map((each) => [each.id, each])), rateLimits: [], ...changes };
}

/** A model that takes the place of the one before, whatever that was. */
export function whole(model: ProxyModel): ProxyChange {
  return { model, services: 'all' };
}
