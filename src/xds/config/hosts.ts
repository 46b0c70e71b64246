import type { ProxyChange, Service } from '../../gateway';

/** The services of a proxy by the host that they are served under. */
export class Hosts {
  readonly #services = new Map<number, Service>();
  readonly #byHost = new Map<string, Map<number, Service>>();

  /** Takes in what a change says, and tells which hosts it touches. */
  apply({ model, services }: ProxyChange): ReadonlySet<string> {
    const touched = new Set<string>();
    const ids = services === 'all' ? new Set([...this.#services.keys(), ...model.services.keys()]) : services;
    for (const id of ids) {
      const before = this.#services.get(id);
      const after = model.services.get(id);
      if (before === after) continue;
      if (before?.host !== undefined) touched.add(this.#leave(before.host, id));
      if (after?.host !== undefined) touched.add(this.#join(after.host, after));
      if (after) this.#services.set(id, after);
      else this.#services.delete(id);
    }
    return touched;
  }

  names(): Iterable<string> {
    return this.#byHost.keys();
  }

  has(host: string): boolean {
    return this.#byHost.has(host);
  }

  /** Ordered by id. */
  servicesOf(host: string): readonly Service[] {
    return [...(this.#byHost.get(host)?.values() ?? [])].sort((one, other) => one.id - other.id);
  }

  #leave(host: string, id: number): string {
    const services = this.#byHost.get(host);
    services?.delete(id);
    if (services?.size === 0) this.#byHost.delete(host);
    return host;
  }

  #join(host: string, service: Service): string {
    this.#byHost.set(host, (this.#byHost.get(host) ?? new Map<number, Service>()).set(service.id, service));
    return host;
  }
}
