import type { ProxyChange, ProxyModel } from '../../gateway';
import type { ResourceKind } from '../translate';
import { grpcRoutesName, translateGrpcService } from '../translate/grpc';
import type { GrpcService } from '../translate/grpc';
import { Counts } from './counts';
import type { Noted } from './noted';
import type { TargetTable } from './target-table';

/** A service that somebody asks for. */
interface Asked {
  /** A text when clients are refused it: why; undefined when there is no such service any more. */
  translated: GrpcService | string | undefined;
  /** The clusters in the table, those included that no route leads to any more. */
  readonly clusters: Set<string>;
  /** By kind and name, how many ask. */
  readonly names: Counts;
}

/** The routes, clusters and endpoints of the services that gRPC clients ask for, by the service's id. */
export class AskedServices {
  readonly #table: TargetTable;
  readonly #noted: Noted;
  readonly #services = new Map<number, Asked>();
  #model: ProxyModel | undefined;

  /**
   * @param table what is put in and taken away
   * @param noted told of each service what gRPC clients do otherwise than the proxy
   */
  constructor(table: TargetTable, noted: Noted) {
    this.#table = table;
    this.#noted = noted;
  }

  /** The service is translated, and kept up, until as many were released as were retained. */
  retain(id: number, kind: ResourceKind, name: string): void {
    const known = this.#services.get(id);
    const asked = known ?? { translated: undefined, clusters: new Set<string>(), names: new Counts() };
    asked.names.up(keyOf(kind, name));
    if (known) return;
    this.#services.set(id, asked);
    this.#translate(id, asked);
  }

  release(id: number, kind: ResourceKind, name: string): void {
    const asked = this.#services.get(id);
    if (!asked?.names.down(keyOf(kind, name))) return;
    if (asked.names.isEmpty) {
      this.#services.delete(id);
      asked.translated = undefined;
      this.#noted(`gRPC service ${id}`, []);
    }
    this.#dropUnused(id, asked);
  }

  apply({ model, services }: ProxyChange): void {
    this.#model = model;
    for (const id of services === 'all' ? [...this.#services.keys()] : services) {
      const asked = this.#services.get(id);
      if (asked) this.#translate(id, asked);
    }
  }

  /** Why clients are refused a service that was retained; undefined when they are not. */
  refusalOf(id: number): string | undefined {
    const translated = this.#services.get(id)?.translated;
    return typeof translated === 'string' ? translated : undefined;
  }

  #translate(id: number, asked: Asked): void {
    const service = this.#model?.services.get(id);
    asked.translated = service && translateGrpcService(service);
    this.#noted(`gRPC service ${id}`, typeof asked.translated === 'object' ? asked.translated.notes : []);
    if (typeof asked.translated === 'object') {
      const { routes, host, clusters } = asked.translated;
      for (const cluster of clusters) {
        asked.clusters.add(cluster.cluster.name);
        this.#table.putCluster(cluster.cluster.name, cluster);
      }
      this.#table.put('route', routes.name, { resource: routes, members: new Map([[routes.name, host]]), elsewhere: [] });
    }
    this.#dropUnused(id, asked);
  }

  /**
   * Clients give up a cluster when they have all that their new routes need, and routes when they have taken the listener that
   * refuses them: what was taken away before would fail calls.
   */
  #dropUnused(id: number, { translated, clusters, names }: Asked): void {
    const served = typeof translated === 'object' ? translated : undefined;
    const used = new Set(served?.clusters.map(({ cluster }) => cluster.name));
    for (const name of clusters) {
      if (used.has(name) || names.has(keyOf('cluster', name)) || names.has(keyOf('endpoint', name))) continue;
      clusters.delete(name);
      this.#table.putCluster(name, undefined);
    }
    const routes = grpcRoutesName(id);
    if (!served && !names.has(keyOf('route', routes))) this.#table.put('route', routes, undefined);
  }
}

function keyOf(kind: ResourceKind, name: string): string {
  return `${kind} ${name}`;
}
