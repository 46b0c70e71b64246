import { KINDS } from '../translate';
import type { ResourceKind } from '../translate';
import type { ChangedNames, ClusterTarget, RouteTarget, Target, Targets } from './target';

/** The targets of one proxy, and which of them differ from those at the last look. */
export class TargetTable implements Targets {
  readonly cluster = new Map<string, ClusterTarget>();
  readonly endpoint = new Map<string, Target>();
  readonly secret = new Map<string, Target>();
  readonly scope = new Map<string, Target>();
  readonly listener = new Map<string, Target>();
  readonly route = new Map<string, RouteTarget>();
  #changed = new Map<ResourceKind, Set<string>>();

  /** A target of the same content stays the object that it was. @param target undefined takes it away */
  put<K extends ResourceKind>(kind: K, name: string, target: TargetOf<K> | undefined): void {
    const table = this[kind] as Map<string, TargetOf<K>>;
    if (table.get(name)?.resource.version === target?.resource.version) return;
    if (target) table.set(name, target);
    else table.delete(name);
    this.#changed.set(kind, (this.#changed.get(kind) ?? new Set()).add(name));
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
