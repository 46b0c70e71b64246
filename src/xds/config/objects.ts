import type { Service } from '../../gateway';
import type { ResourceKind } from '../translate';
import { clusterOrigin, hostOfRoutes, secretIdOf } from '../translate';

/** What users know of a resource: the object that it is made from, and the services that it is part of. */
export interface ResourceObject {
  /** E.g. `upstream server1`, `service demo`. */
  readonly object: string;
  readonly serviceIds: readonly number[];
}

/**
 * Names the object behind a resource.
 * @param host of a route configuration with several hosts, the one that is meant
 * @param services those of the hosts that the resource belongs to
 */
export function objectOf(
  kind: ResourceKind,
  name: string,
  host: string | undefined,
  services: readonly Service[],
): ResourceObject {
  const origin = kind === 'cluster' || kind === 'endpoint' ? clusterOrigin(name) : undefined;
  if (origin) {
    const found = services.flatMap((service) =>
      service.routes.flatMap((route) => {
        if (origin.routeId !== undefined) return route.id === origin.routeId ? [{ service, label: `route ${route.name}` }] : [];
        const upstream = route.upstreams.find(({ id }) => id === origin.upstreamId);
        return upstream ? [{ service, label: `upstream ${upstream.name}` }] : [];
      }),
    );
    const [first] = found;
    if (first) return { object: labelOf(first), serviceIds: [...new Set(found.map(({ service }) => service.id))] };
  }
  const serviceIds = services.map(({ id }) => id);
  const secret = kind === 'secret' ? services.find(({ tls }) => tls?.secretId === secretIdOf(name))?.tls : undefined;
  if (secret) return { object: `secret ${secret.secretName}`, serviceIds };
  const [service] = services;
  if (service && services.length === 1) return { object: `service ${service.name}`, serviceIds };
  return { object: `host ${host ?? hostOfRoutes(name)}`, serviceIds };
}

function labelOf({ service, label }: { readonly service: Service; readonly label: string }): string {
  return label.startsWith('route ') ? `${label} of service ${service.name}` : label;
}
