import type { ObjectRef, Service } from '../../gateway';
import type { ResourceKind } from '../translate';
import { clusterOwner, hostOfRoutes, isSecretCluster, secretIdOf } from '../translate';

/** What users know of a resource: the object that it is made from, and the services that it is part of. */
export interface ResourceObject {
  readonly object: ObjectRef;
  readonly serviceIds: readonly number[];
}

/**
 * Names the object behind a resource.
 * @param host of a route configuration with several hosts, the one that is meant
 * @param services those of the hosts that the resource belongs to, ordered by id
 */
export function objectOf(
  kind: ResourceKind,
  name: string,
  host: string | undefined,
  services: readonly Service[],
): ResourceObject {
  const found = kind === 'cluster' || kind === 'endpoint' ? behindCluster(name, services) : undefined;
  if (found) return found;
  const serviceIds = services.map(({ id }) => id);
  const secret =
    kind === 'secret' || (kind === 'cluster' && isSecretCluster(name))
      ? services.find(({ tls }) => tls?.secretId === secretIdOf(name))?.tls
      : undefined;
  if (secret) return { object: { kind: 'secret', name: secret.secretName }, serviceIds };
  return { object: { kind: 'service', name: services[0]?.name ?? host ?? hostOfRoutes(name) }, serviceIds };
}

/** The upstream, or the route with several. */
function behindCluster(name: string, services: readonly Service[]): ResourceObject | undefined {
  const owner = clusterOwner(name);
  if (!owner) return undefined;
  const found = services.flatMap((service): { readonly service: Service; readonly object: ObjectRef }[] =>
    service.routes.flatMap((route): { readonly service: Service; readonly object: ObjectRef }[] => {
      if ('routeId' in owner) {
        const object = { kind: 'route', name: route.name, of: { kind: 'service', name: service.name } } as const;
        return route.id === owner.routeId ? [{ service, object }] : [];
      }
      const upstream = route.upstreams.find(({ id }) => id === owner.upstreamId);
      return upstream ? [{ service, object: { kind: 'upstream', name: upstream.name } }] : [];
    }),
  );
  const [first] = found;
  return first && { object: first.object, serviceIds: [...new Set(found.map(({ service }) => service.id))] };
}
