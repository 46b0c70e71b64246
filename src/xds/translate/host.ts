import type { Problem, Service, ServiceTls } from '../../gateway';
import type { Resource } from '../resource';
import { ignoresWeights, translateCluster } from './cluster';
import type { TranslatedCluster } from './cluster';
import { tlsFilterChain } from './listener';
import type { TranslationOptions } from './options';
import { byPrecedence } from './precedence';
import { defaultRateLimitDomain } from './rate-limit-domain';
import { translatePlainRoute, translateRoute } from './route';
import type { RouteInput } from './route';
import { tlsSecret } from './secret';
import { groupUpstreams } from './upstream-group';
import { hostRoutes, unavailableHost } from './virtual-host';
import type { HostRoutes } from './virtual-host';

/** Everything that one host adds to a proxy's snapshot. */
export interface TranslatedHost {
  readonly plain: HostRoutes;
  /** With the host's filter chain. */
  readonly tls: { readonly routes: HostRoutes; readonly chain: Resource; readonly secret: Resource } | undefined;
  readonly clusters: readonly TranslatedCluster[];
  /** What is served otherwise than stored. */
  readonly notes: readonly Problem[];
}

/**
 * The unit of routing: the services of one proxy with the same host, merged. Their filters act on their own routes. When
 * one of them has a secret, the host is served over TLS alone; without a matching pair it is not served, never in clear.
 * @param services ordered by id
 */
export function translateHost(
  host: string,
  services: readonly Service[],
  proxyName: string,
  rateLimitDomain: string,
  options: TranslationOptions,
): TranslatedHost {
  const inputs = services
    .flatMap((service) => service.routes.map((route) => ({ service, route })))
    .sort((a, b) => byPrecedence(a.route, b.route))
    .map(({ service, route }) => ({ service, route, rateLimitDomain, groups: groupUpstreams(proxyName, service.name, route) }));
  const clusters = inputs.flatMap(({ groups }) => groups).map(translateCluster);
  const notes = inputs.flatMap(weightNotes);
  const secrets = services.flatMap(({ tls }) => (tls ? [tls] : []));
  if (secrets.length === 0) {
    return { plain: hostRoutes(host, served(inputs.map(translateRoute))), tls: undefined, clusters, notes };
  }
  const usable = secrets.find(
    (secret): secret is ServiceTls & { pair: NonNullable<ServiceTls['pair']> } => secret.pair !== undefined,
  );
  if (!usable) return { plain: unavailableHost(host), tls: undefined, clusters: [], notes };
  return {
    plain: hostRoutes(host, served(inputs.map((input) => translatePlainRoute(input, options.publicHttpsPort))), true),
    tls: {
      routes: hostRoutes(host, served(inputs.map(translateRoute))),
      chain: tlsFilterChain(
        host,
        usable.secretId,
        defaultRateLimitDomain({ name: proxyName, rateLimits: [] }, options.proxyName),
      ),
      secret: tlsSecret(usable.secretId, usable.pair),
    },
    clusters,
    notes,
  };
}

function served<T>(routes: readonly (T | undefined)[]): T[] {
  return routes.filter((route): route is T => route !== undefined);
}

function weightNotes({ service, route, groups }: RouteInput): Problem[] {
  return groups.filter(ignoresWeights).map(() => ({
    object: `route ${route.name} of service ${service.name}`,
    message: 'the strategy Random ignores weights, and these differ: served round robin',
  }));
}
