import type { CircuitBreakers, Route, Service, Upstream } from '../../../gateway';

/**
 * Why gRPC clients are not given a service: without the proxy its rules would be bypassed, or its upstreams not be reached.
 * CORS is left alone, since it binds browsers only.
 * @returns the reason; undefined when nothing speaks against it
 */
export function whyRefused(service: Service): string | undefined {
  if (service.filters.broken !== undefined) return `its ${service.filters.broken} cannot be read`;
  if (service.filters.lua !== undefined) return 'it has a Lua filter, which only the proxy runs';
  if (service.tls) return `it has the secret ${service.tls.secretName}, so only the proxy serves it, over TLS`;
  for (const route of service.routes) {
    const reason = whyNotRouted(route) ?? route.upstreams.map(whyNotReached).find((each) => each !== undefined);
    if (reason !== undefined) return ofRoute(route, reason);
  }
  return undefined;
}

/** @param reason what is said of the route */
export function ofRoute({ name }: Route, reason: string): string {
  return `its route ${name} ${reason}`;
}

function whyNotRouted({ filters }: Route): string | undefined {
  if (filters.broken !== undefined) return `has a ${filters.broken} that cannot be read`;
  if (filters.rateLimits.length > 0) return 'has a rate limit, which only the proxy asks for';
  if (filters.redirect) return 'is a redirect, which gRPC clients do not follow';
  if (filters.directResponse) return 'is answered by the proxy itself';
  if (filters.hostRewrite) return 'rewrites the host, which only the proxy does';
  if (filters.outlierDetection) return 'has an outlier detection by failures in a row, which gRPC clients do not have (gRFC A50)';
  return filters.circuitBreakers && whyNotLimited(filters.circuitBreakers);
}

/**
 * A client holds one connection to each upstream and repeats no call that was begun, so limits of both are kept as they are;
 * that of requests under way it knows (gRFC A32).
 */
function whyNotLimited({ maxPendingRequests }: CircuitBreakers): string | undefined {
  return maxPendingRequests > 0 ? 'limits pending requests, which gRPC clients do not count' : undefined;
}

/** gRFC A29: TLS settings come from the client's own bootstrap, never from here. */
function whyNotReached({ name, transport }: Upstream): string | undefined {
  switch (transport) {
    case 'h2c':
      return undefined;
    case 'h2':
    case 'https':
      return `leads by TLS to the upstream ${name}: gRPC clients take certificates from their own settings alone (gRFC A29)`;
    case 'http':
      return `leads by HTTP/1.1 to the upstream ${name}, which gRPC clients do not speak: its protocol has to be grpc or h2c`;
  }
}
