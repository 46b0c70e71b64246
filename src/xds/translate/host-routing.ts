import type { Problem, Service, ServiceTls } from '../../gateway';
import type { Route as EnvoyRoute } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import type { TranslatedCluster } from './cluster';
import type { TranslationOptions } from './options';
import { byPrecedence } from './precedence';
import { translatePlainRoute, translateRoute } from './route';
import type { RouteInput } from './route';
import { groupUpstreams } from './upstream-group';
import { Wall } from './wall';

/** A route with the message that Envoy gets of it on one listener; without one it is not served there. */
export interface ListenedRoute {
  readonly input: RouteInput;
  readonly message: EnvoyRoute | undefined;
}

export type UsableTls = ServiceTls & { readonly pair: NonNullable<ServiceTls['pair']> };

/** What one host does with requests, before it is encoded. All lists are in the order in which Envoy tries the routes. */
export interface HostRouting {
  readonly inputs: readonly RouteInput[];
  /** On the plain listener; undefined for a host that must not be served in clear and has no certificate. */
  readonly plain: readonly ListenedRoute[] | undefined;
  /** On the TLS listener, when the host has a certificate. */
  readonly tls: { readonly secret: UsableTls; readonly routes: readonly ListenedRoute[] } | undefined;
  /** What the routes lead to. */
  readonly clusters: readonly TranslatedCluster[];
  /** What Envoy would refuse and is therefore left out. */
  readonly refused: readonly Problem[];
}

/**
 * The services of one proxy with the same host, merged. Their filters act on their own routes. When one of them has a
 * secret, the host is served over TLS alone; without a matching pair it is not served, never in clear.
 * @param services ordered by id
 */
export function routeHost(
  services: readonly Service[],
  proxyName: string,
  rateLimitDomain: string,
  options: Pick<TranslationOptions, 'publicHttpsPort'>,
): HostRouting {
  const inputs = services
    .flatMap((service) => service.routes.map((route) => ({ service, route })))
    .sort((a, b) => byPrecedence(a.route, b.route))
    .map(({ service, route }) => ({ service, route, rateLimitDomain, groups: groupUpstreams(proxyName, service.name, route) }));
  const wall = new Wall();
  const clusters = inputs.flatMap((input) => wall.clusters(input));
  const routes = (translate: (input: RouteInput) => EnvoyRoute | undefined): ListenedRoute[] =>
    inputs.map((input) => ({ input, message: wall.route(input, translate(input)) }));
  const secrets = services.flatMap(({ tls }) => (tls ? [tls] : []));
  const secret = secrets.find((candidate): candidate is UsableTls => candidate.pair !== undefined);
  if (secrets.length > 0 && !secret) return { inputs, plain: undefined, tls: undefined, clusters: [], refused: wall.refused };
  const forwarding = routes(translateRoute);
  if (!secret) return { inputs, plain: forwarding, tls: undefined, clusters, refused: wall.refused };
  const plain = routes((input) => translatePlainRoute(input, options.publicHttpsPort));
  return { inputs, plain, tls: { secret, routes: forwarding }, clusters, refused: wall.refused };
}
