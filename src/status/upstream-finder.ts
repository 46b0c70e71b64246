import { isIPv6 } from 'node:net';
import type { ProxyModel, Route } from '../gateway';
import { clusterOwner } from '../xds';

/** Where an endpoint is, as Envoy names it. */
export interface Endpoint {
  readonly cluster: string;
  readonly address: string;
  readonly port: number;
  /** The DNS name that it was resolved from; empty when there is none. */
  readonly hostname: string;
}

/** Tells which upstreams an endpoint of a cluster is, by one proxy's model. */
export class UpstreamFinder {
  readonly #model: ProxyModel | undefined;
  #routes: ReadonlyMap<number, Route> | undefined;

  constructor(model: ProxyModel | undefined) {
    this.#model = model;
  }

  /** The ids; none when the cluster is not one of upstreams, or the model is past it. */
  find({ cluster, address, port, hostname }: Endpoint): readonly number[] {
    const owner = clusterOwner(cluster);
    if (!owner) return [];
    if ('upstreamId' in owner) return [owner.upstreamId];
    const upstreams = this.#routeOf(owner.routeId)?.upstreams ?? [];
    const isHere = (host: string) => host === hostname || canonical(host) === canonical(address);
    return upstreams.filter((upstream) => upstream.port === port && isHere(upstream.address)).map(({ id }) => id);
  }

  #routeOf(id: number): Route | undefined {
    const services = this.#model ? [...this.#model.services.values()] : [];
    this.#routes ??= new Map(services.flatMap(({ routes }) => routes.map((route) => [route.id, route] as const)));
    return this.#routes.get(id);
  }
}

/** IPv6 addresses have several spellings. */
function canonical(host: string): string {
  return isIPv6(host) ? new URL(`http://[${host}]`).hostname : host;
}
