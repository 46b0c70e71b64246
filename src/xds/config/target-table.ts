import { KINDS } from '../translate';
import type { ResourceKind, TranslatedCluster } from '../translate';
import type { ChainTarget, ChangedNames, ClusterTarget, RouteTarget, Target, Targets } from './target';
import { TargetMap } from './target-map';

/** The targets of one proxy, and which of them differ from those at the last look. */
export class TargetTable implements Targets {
  readonly cluster: TargetMap<ClusterTarget>;
  readonly endpoint: TargetMap<Target>;
  readonly secret: TargetMap<Target>;
  readonly scope: TargetMap<Target>;
  readonly listener: TargetMap<Target>;
  readonly chain: TargetMap<ChainTarget>;
  readonly route: TargetMap<RouteTarget>;
  #changed = new Map<ResourceKind, Set<string>>();

  /** @param named what is found by name alone */
  constructor(named?: Targets) {
    this.cluster = new TargetMap(named?.cluster);
    this.endpoint = new TargetMap(named?.endpoint);
    this.secret = new TargetMap(named?.secret);
    this.scope = new TargetMap(named?.scope);
    this.listener = new TargetMap(named?.listener);
    this.chain = new TargetMap(named?.chain);
    this.route = new TargetMap(named?.route);
  }

  /** A target of the same content stays the object that it was. @param target undefined takes it away */
  put<K extends ResourceKind>(kind: K, name: string, target: TargetOf<K> | undefined): void {
    const table: Map<string, Target> = this[kind];
    if (table.get(name)?.resource.version === target?.resource.version) return;
    if (target) table.set(name, target);
    else table.delete(name);
    this.#changed.set(kind, (this.#changed.get(kind) ?? new Set()).add(name));
  }

  /** A cluster with its endpoints. */
  putCluster(name: string, value: TranslatedCluster | undefined): void {
    const endpoints = value?.endpoints;
    this.put('endpoint', name, endpoints && { resource: endpoints });
    this.put(
      'cluster',
      name,
      value && { resource: value.cluster, hasEndpoints: endpoints !== undefined, warmingSeconds: value.warmingSeconds },
    );
  }

  /** What was put in or taken away since this was asked last. */
  takeChanged(): ChangedNames {
    const changed = this.#changed;
    this.#changed = new Map();
    return changed;
  }

  allNames(): ChangedNames {
    return new Map(KINDS.map((kind) => [kind, new Set(this[kind].keys())]));
  }
}

type TargetOf<K extends ResourceKind> = Targets[K] extends ReadonlyMap<string, infer T extends Target> ? T : never;
