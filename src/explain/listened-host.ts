import type { ProxyModel, Service } from '../gateway';
import { routeHost } from '../xds';
import type { HostRouting, TranslationOptions } from '../xds';
import { comparedHost, coveringHosts, serverName } from './host';

/** A host of a proxy with what it does with requests. */
export interface ListenedHost {
  readonly host: string;
  readonly services: readonly Service[];
  readonly routing: HostRouting;
}

/** The hosts of one proxy, by the names that they cover; each is routed when it is asked for. */
export class ListenedHosts {
  readonly #services = new Map<string, Service[]>();
  readonly #routed = new Map<string, ListenedHost>();

  constructor(
    private readonly model: ProxyModel,
    private readonly rateLimitDomain: string,
    private readonly options: Pick<TranslationOptions, 'publicHttpsPort'>,
  ) {
    for (const service of [...model.services.values()].sort((one, other) => one.id - other.id)) {
      if (service.host === undefined) continue;
      const services = this.#services.get(service.host);
      if (services) services.push(service);
      else this.#services.set(service.host, [service]);
    }
  }

  /** The virtual host of the plain listener that a Host is served by. */
  plain(host: string): ListenedHost | undefined {
    return this.#covering(comparedHost(host)).next().value;
  }

  /** The virtual host of the TLS listener that a Host is served by. */
  secure(host: string): ListenedHost | undefined {
    return this.#secure(comparedHost(host));
  }

  /** The host whose certificate is shown to a client that asks for a Host; undefined when the handshake fails. */
  certificate(host: string): ListenedHost | undefined {
    return this.#secure(serverName(comparedHost(host)) ?? '*');
  }

  /** Whether there is a TLS listener. */
  hasSecure(): boolean {
    // Only what can have a certificate is routed for this: there may be thousands of hosts.
    return [...this.#services].some(([host, services]) => services.some(({ tls }) => tls) && this.#host(host)?.routing.tls);
  }

  #secure(name: string): ListenedHost | undefined {
    for (const candidate of this.#covering(name)) if (candidate.routing.tls) return candidate;
    return undefined;
  }

  *#covering(name: string): Generator<ListenedHost, undefined> {
    for (const host of coveringHosts(name)) {
      const found = this.#host(host);
      if (found) yield found;
    }
    return undefined;
  }

  #host(host: string): ListenedHost | undefined {
    const known = this.#routed.get(host);
    const services = this.#services.get(host);
    if (known ?? !services) return known;
    const routing = routeHost(services, this.model.name, this.rateLimitDomain, this.options);
    const made = { host, services, routing };
    this.#routed.set(host, made);
    return made;
  }
}
