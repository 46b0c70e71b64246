import type { Route as EnvoyRoute } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import type { Problem, Service } from '../../gateway';
import type { Resource } from '../resource';
import { ignoresWeights } from './cluster';
import type { TranslatedCluster } from './cluster';
import { routeHost } from './host-routing';
import type { ListenedRoute } from './host-routing';
import type { TranslationOptions } from './options';
import { defaultRateLimitDomain } from './rate-limit-domain';
import type { RouteInput } from './route';
import { tlsSecret } from './secret';
import { secretCluster } from './secret-cluster';
import { tlsFilterChain } from './tls-chain';
import { hostRoutes, unavailableHost } from './virtual-host';
import type { HostRoutes } from './virtual-host';

/** Everything that one host adds to a proxy's configuration. */
export interface TranslatedHost {
  readonly plain: HostRoutes;
  /** With the host's filter chain. */
  readonly tls: { readonly routes: HostRoutes; readonly chain: Resource; readonly secret: Resource } | undefined;
  readonly clusters: readonly TranslatedCluster[];
  /** What is served otherwise than stored. */
  readonly notes: readonly Problem[];
}

/**
 * The unit of routing: what `routeHost` says of the services of one host, encoded.
 * @param services ordered by id
 */
export function translateHost(
  host: string,
  services: readonly Service[],
  proxyName: string,
  rateLimitDomain: string,
  options: TranslationOptions,
): TranslatedHost {
  const { inputs, plain, tls, clusters, refused } = routeHost(services, proxyName, rateLimitDomain, options);
  const notes = [...refused, ...inputs.flatMap(weightNotes)];
  if (!plain) return { plain: unavailableHost(host), tls: undefined, clusters: [], notes };
  return {
    plain: hostRoutes(host, served(plain), tls !== undefined),
    tls: tls && {
      routes: hostRoutes(host, served(tls.routes)),
      chain: tlsFilterChain(
        host,
        tls.secret.secretId,
        options,
        defaultRateLimitDomain({ name: proxyName, rateLimits: [] }, options.proxyName),
      ),
      secret: tlsSecret(tls.secret.secretId, tls.secret.pair),
    },
    clusters: tls ? [...clusters, secretCluster(tls.secret.secretId)] : clusters,
    notes,
  };
}

function served(routes: readonly ListenedRoute[]): EnvoyRoute[] {
  return routes.flatMap(({ message }) => message ?? []);
}

function weightNotes({ service, route, groups }: RouteInput): Problem[] {
  return groups.filter(ignoresWeights).map(() => ({
    object: { kind: 'route', name: route.name, of: { kind: 'service', name: service.name } },
    message: 'the strategy Random ignores weights, and these differ: served round robin',
    isServed: true,
  }));
}
