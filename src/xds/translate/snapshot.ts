import type { Problem, ProxyModel, Service } from '../../gateway';
import type { Resource } from '../resource';
import type { TranslatedCluster } from './cluster';
import { translateHost } from './host';
import type { TranslatedHost } from './host';
import { httpListener, httpsListener } from './listener';
import type { TlsHost } from './listener';
import { HTTP_LISTENER, HTTPS_LISTENER } from './names';
import type { TranslationOptions } from './options';
import { defaultRateLimitDomain } from './rate-limit-domain';
import type { HostRoutes } from './virtual-host';

/** Everything that one proxy's Envoys are to have, immutable. Each map is ordered by name. */
export interface Snapshot {
  readonly proxy: string;
  /** The model's change counter. */
  readonly version: string;
  readonly listeners: ReadonlyMap<string, Resource>;
  /** By route configuration (named as its listener), then by host. */
  readonly hosts: ReadonlyMap<string, ReadonlyMap<string, HostRoutes>>;
  readonly clusters: ReadonlyMap<string, TranslatedCluster>;
  readonly secrets: ReadonlyMap<string, Resource>;
  readonly notes: readonly Problem[];
}

/** A translated host with what it was translated from. */
interface HostEntry {
  readonly services: readonly Service[];
  readonly domain: string;
  readonly translated: TranslatedHost;
}

/** Translates the successive models of one proxy; only hosts whose services changed are translated again. */
export class Translator {
  readonly #options: TranslationOptions;
  #hosts = new Map<string, HostEntry>();
  #listeners: { readonly key: string; readonly resources: ReadonlyMap<string, Resource> } | undefined;

  constructor(options: TranslationOptions) {
    this.#options = options;
  }

  translate(model: ProxyModel): Snapshot {
    const domain = defaultRateLimitDomain(model, this.#options.proxyName);
    const hosts = new Map<string, HostEntry>();
    for (const [host, services] of servicesByHost(model)) {
      const known = this.#hosts.get(host);
      hosts.set(
        host,
        known && known.domain === domain && sameItems(known.services, services)
          ? known
          : { services, domain, translated: translateHost(host, services, model.name, domain, this.#options) },
      );
    }
    this.#hosts = hosts;
    return this.#assemble(
      model,
      [...hosts].map(([host, { translated }]) => [host, translated]),
    );
  }

  #assemble(model: ProxyModel, hosts: readonly (readonly [string, TranslatedHost])[]): Snapshot {
    const tlsHosts = hosts.flatMap(([host, { tls }]) => (tls ? [{ host, ...tls }] : []));
    return {
      proxy: model.name,
      version: model.version,
      listeners: this.#translateListeners(
        model.name,
        tlsHosts.map(({ chain }) => chain),
      ),
      hosts: new Map([
        [HTTP_LISTENER, new Map(hosts.map(([host, { plain }]) => [host, plain]))],
        [HTTPS_LISTENER, new Map(tlsHosts.map(({ host, routes }) => [host, routes]))],
      ]),
      clusters: new Map(
        hosts
          .flatMap(([, { clusters }]) => clusters)
          .map((cluster) => [cluster.cluster.name, cluster] as const)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
      secrets: byName(tlsHosts.map(({ secret }) => secret)),
      notes: hosts.flatMap(([, { notes }]) => notes),
    };
  }

  /** The listeners change with the TLS hosts alone. */
  #translateListeners(proxyName: string, chains: readonly TlsHost[]): ReadonlyMap<string, Resource> {
    const key = JSON.stringify(chains);
    if (this.#listeners?.key !== key) {
      const domain = defaultRateLimitDomain({ name: proxyName, rateLimits: [] }, this.#options.proxyName);
      const listeners = [httpListener(this.#options, domain), httpsListener(this.#options, domain, chains)];
      this.#listeners = { key, resources: byName(listeners.filter((listener) => listener !== undefined)) };
    }
    return this.#listeners.resources;
  }
}

/** Hosts in order of their names, services in order of their ids. */
function servicesByHost(model: ProxyModel): [string, Service[]][] {
  const byHost = new Map<string, Service[]>();
  for (const service of model.services) {
    if (service.host === undefined) continue;
    const services = byHost.get(service.host);
    if (services) services.push(service);
    else byHost.set(service.host, [service]);
  }
  return [...byHost].sort(([a], [b]) => (a < b ? -1 : 1));
}

function byName(resources: readonly Resource[]): Map<string, Resource> {
  return new Map([...resources].sort((a, b) => (a.name < b.name ? -1 : 1)).map((resource) => [resource.name, resource]));
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
