import type { HealthCheck, ProxyModel, Route, Service, Upstream } from '../../../../src/gateway';
import { proxy, route, service, upstream } from '../../../support/models';

const CHECK: HealthCheck = {
  path: '/healthy',
  host: 'check.test',
  intervalSeconds: 1,
  timeoutSeconds: 1,
  unhealthyThreshold: 3,
  healthyThreshold: 1,
};
const LUA = 'function envoy_on_request(handle) handle:headers():add("x-lua", "yes") end';
const WILDCARDS = ['*.one.wild.test', '*.two.wild.test'] as const;
const NEW_WILDCARD = '*.new.wild.test';

export type EditKind =
  | 'create'
  | 'edit'
  | 'filter'
  | 're-weight'
  | 're-point'
  | 'move upstream'
  | 'silent upstream'
  | 'swap'
  | 'rename'
  | 'delete'
  | 'cover'
  | 'wildcard'
  | 'star';

/** What an edit did: which hosts are asked no longer, and which are asked as soon as they are served. */
export interface Edit {
  readonly text: string;
  readonly went: readonly string[];
  readonly came: readonly string[];
}

/** Where the upstreams listen. */
export interface EditorPorts {
  readonly exact: readonly number[];
  /** Of hosts that cover others: of its own, so that it is seen who answered. */
  readonly wildcard: readonly number[];
  readonly star: readonly number[];
  readonly silent: number;
}

/** Makes one random edit after the other of a proxy's model. The same seed makes the same edits. */
export class Editor {
  readonly #random: () => number;
  readonly #ports: EditorPorts;
  readonly #services = new Map<number, Service>();
  #ids = 1_000;

  /** @param fixed services that no edit touches */
  constructor(seed: number, ports: EditorPorts, fixed: readonly Service[]) {
    this.#random = randomNumbers(seed);
    this.#ports = ports;
    for (const each of fixed) this.#services.set(each.id, each);
    for (const host of WILDCARDS) this.#put(this.#newService(host));
    for (let count = 0; count < 24; count += 1) this.#put(this.#newService(this.#newHost()));
  }

  get model(): ProxyModel {
    return proxy([...this.#services.values()], { version: String((this.#ids += 1)) });
  }

  get hosts(): readonly string[] {
    return [...this.#services.values()].flatMap(({ host }) => (host === undefined || host === '*' ? [] : [concrete(host)]));
  }

  apply(kind: EditKind): Edit {
    const target = this.#any();
    const [host] = [target.host ?? ''];
    const same = (text: string): Edit => ({ text: `${kind} ${host}: ${text}`, went: [], came: [] });
    switch (kind) {
      case 'create': {
        const created = this.#put(this.#newService(this.#newHost()));
        return { text: `create ${created.host}`, went: [], came: [concrete(created.host ?? '')] };
      }
      case 'edit': {
        const prefix = `/moving-${this.#below(5)}`;
        this.#edit(target, (routes) => [...routes.filter(({ match }) => match.path.value === '/'), this.#newRoute(prefix)]);
        return same(`a route for ${prefix} instead of what was beside /`);
      }
      case 'filter': {
        const lua = target.filters.lua === undefined ? LUA : undefined;
        this.#put({ ...target, filters: { ...target.filters, lua } });
        return same(lua ? 'Lua comes' : 'Lua goes');
      }
      case 're-weight': {
        const weights = [0, 1, 100, 1_000];
        this.#edit(target, (routes) =>
          routes.map((each) => ({ ...each, upstreams: each.upstreams.map((one) => ({ ...one, weight: this.#of(weights) })) })),
        );
        return same('other weights');
      }
      case 're-point': {
        this.#edit(target, (routes) => routes.map((each) => ({ ...each, upstreams: this.#newUpstreams() })));
        return same('other upstreams');
      }
      case 'move upstream': {
        const healthCheck = this.#random() < 0.3 ? CHECK : undefined;
        this.#edit(target, (routes) => routes.map((each) => ({ ...each, upstreams: this.#moved(each.upstreams, healthCheck) })));
        return same('the same upstreams on other ports, perhaps with a health check');
      }
      case 'silent upstream': {
        this.#edit(target, (routes) => routes.map((each) => ({ ...each, upstreams: this.#withSilent(each.upstreams) })));
        return same('a silent upstream beside others');
      }
      case 'swap': {
        const others = [target, this.#any(), this.#any()].filter((each, index, all) => all.indexOf(each) === index);
        for (const [index, each] of others.entries()) this.#put({ ...each, host: others[(index + 1) % others.length]?.host });
        return { text: `swap ${others.map((each) => each.host).join(', ')}`, went: [], came: [] };
      }
      case 'rename': {
        const next = this.#newHost();
        this.#put({ ...target, host: next });
        return this.#gone(host, `rename ${host} to ${next}`, [next]);
      }
      case 'delete': {
        this.#services.delete(target.id);
        return this.#gone(host, `delete ${host}`, []);
      }
      case 'cover':
        return this.#cover();
      case 'wildcard':
        return this.#toggle(NEW_WILDCARD, [concrete(NEW_WILDCARD)]);
      case 'star':
        return this.#toggle('*', []);
    }
  }

  /** An exact host that a wildcard covers comes or goes: requests for it are served at all times. */
  #cover(): Edit {
    const host = concrete(this.#of(WILDCARDS));
    const there = [...this.#services.values()].find((each) => each.host === host);
    if (there) this.#services.delete(there.id);
    else this.#put(this.#newService(host));
    return { text: `cover ${host}: exact ${there ? 'goes' : 'comes'}`, went: [], came: [] };
  }

  #toggle(host: string, asked: readonly string[]): Edit {
    const there = [...this.#services.values()].find((each) => each.host === host);
    if (there) this.#services.delete(there.id);
    else this.#put(this.#newService(host));
    return { text: `${host} ${there ? 'goes' : 'comes'}`, went: there ? asked : [], came: there ? [] : asked };
  }

  #gone(host: string, text: string, came: readonly string[]): Edit {
    return { text, went: [host], came };
  }

  /** A service that edits may change in any way: never a wildcard nor what one edit alone looks after. */
  #any(): Service {
    const all = [...this.#services.values()].filter(
      ({ id, host }) => id >= 1_000 && host && !host.includes('*') && !host.startsWith('any.'),
    );
    return this.#of(all);
  }

  #edit(target: Service, change: (routes: readonly Route[]) => readonly Route[]): void {
    this.#put({ ...target, routes: change(target.routes) });
  }

  #put(one: Service): Service {
    this.#services.set(one.id, one);
    return one;
  }

  #newService(host: string): Service {
    const { star, wildcard, exact } = this.#ports;
    const ports = host === '*' ? star : host.includes('*') ? wildcard : exact;
    const prefixes = this.#random() < 0.5 ? ['/', '/moving-1'] : ['/'];
    return service(
      (this.#ids += 1),
      host,
      prefixes.map((prefix) => this.#newRoute(prefix, ports)),
    );
  }

  #newHost(): string {
    const name = `h${(this.#ids += 1)}`;
    return this.#random() < 0.3 ? `${name}${this.#of(WILDCARDS).slice(1)}` : `${name}.test`;
  }

  #newRoute(prefix: string, ports = this.#ports.exact): Route {
    return route((this.#ids += 1), prefix, this.#newUpstreams(ports));
  }

  #newUpstreams(ports = this.#ports.exact): Upstream[] {
    const healthCheck = this.#random() < 0.3 ? CHECK : undefined;
    const count = this.#of([1, 1, 2, 3]);
    return Array.from({ length: count }, () => upstream((this.#ids += 1), this.#of(ports), { healthCheck }));
  }

  /** Beside a silent upstream the others stay checked: upstreams of unlike settings share by weight alone, whatever their health. */
  #moved(upstreams: readonly Upstream[], healthCheck: HealthCheck | undefined): Upstream[] {
    const isChecked = upstreams.some(({ port }) => port === this.#ports.silent);
    return upstreams.map((one) =>
      one.port === this.#ports.silent
        ? one
        : { ...one, port: this.#of(this.#ports.exact), healthCheck: isChecked ? CHECK : healthCheck },
    );
  }

  #withSilent(upstreams: readonly Upstream[]): Upstream[] {
    const answering = upstreams.filter(({ port }) => port !== this.#ports.silent);
    const checked = answering.map((one) => ({ ...one, weight: 100, healthCheck: CHECK }));
    return [...checked, upstream((this.#ids += 1), this.#ports.silent, { healthCheck: CHECK })];
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #of<T>(values: readonly T[]): T {
    return values[this.#below(values.length)]!;
  }
}

/** A host that a wildcard covers; an exact one stays. */
function concrete(host: string): string {
  return host.startsWith('*.') ? `any${host.slice(1)}` : host;
}

/** Mulberry32. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
