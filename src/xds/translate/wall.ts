import { Cluster } from '../../../gen/envoy-api/envoy/config/cluster/v3/cluster';
import { ClusterLoadAssignment } from '../../../gen/envoy-api/envoy/config/endpoint/v3/endpoint';
import type { Route as EnvoyRoute } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { Route as RouteCodec } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { wordsOf } from '../../gateway';
import type { ObjectRef, Problem } from '../../gateway';
import { typeUrlOf } from '../resource';
import { violations } from '../validate';
import { brokenRoute } from './broken-route';
import type { TranslatedCluster } from './cluster';
import { translateCluster } from './cluster';
import type { RouteInput } from './route';

/**
 * Keeps back, one by one, what Envoy would refuse by the rules of its own API: Envoy refuses a resource as a whole. What
 * passes here that should not is found by Envoy and held back then.
 */
export class Wall {
  readonly #refused = new Map<string, Problem>();
  readonly #brokenRoutes = new Map<RouteInput, string>();

  get refused(): readonly Problem[] {
    return [...this.#refused.values()];
  }

  /** The clusters of a route that Envoy takes. Without one of them the route is broken. */
  clusters(input: RouteInput): readonly TranslatedCluster[] {
    return input.groups.flatMap((group) => {
      const translated = translateCluster(group);
      const { cluster, endpoints } = translated;
      const found = [
        ...violations(typeUrlOf(Cluster), cluster.bytes),
        ...(endpoints ? violations(typeUrlOf(ClusterLoadAssignment), endpoints.bytes) : []),
      ];
      const [first] = found;
      if (!first) return translated;
      const name = group.members.map(({ upstream }) => upstream.name).join(', ');
      this.#refuse({ kind: 'upstream', name, of: routeOf(input) }, first);
      this.#brokenRoutes.set(input, `upstream ${name}`);
      return [];
    });
  }

  /** The route, or 503 in its place; undefined when Envoy would refuse even that. */
  route(input: RouteInput, message: EnvoyRoute | undefined): EnvoyRoute | undefined {
    if (!message) return undefined;
    const broken = this.#brokenRoutes.get(input);
    if (broken !== undefined && message.route) return brokenRoute(message, broken);
    const [first] = violations(typeUrlOf(RouteCodec), RouteCodec.encode(message).finish());
    if (!first) return message;
    const object = routeOf(input);
    this.#refuse(object, first);
    const replaced = brokenRoute(message, wordsOf(object));
    return violations(typeUrlOf(RouteCodec), RouteCodec.encode(replaced).finish()).length === 0 ? replaced : undefined;
  }

  #refuse(object: ObjectRef, { path, message }: { readonly path: string; readonly message: string }): void {
    this.#refused.set(wordsOf(object), { object, message: `is not served: Envoy would refuse ${path || 'it'}: ${message}` });
  }
}

function routeOf({ route, service }: RouteInput): ObjectRef {
  return { kind: 'route', name: route.name, of: { kind: 'service', name: service.name } };
}
