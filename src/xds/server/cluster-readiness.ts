import type { TranslatedCluster } from '../translate';
import type { Outstanding } from './subscription';

/**
 * Which clusters a client can send requests to. Envoy answers a response of clusters only when all of them have warmed
 * up, so one silent upstream would hold up everything that came with it. A cluster therefore also counts as ready once
 * its endpoints were accepted and the time that its own health check can take has passed.
 */
export class ClusterReadiness {
  #ready = new Set<string>();
  readonly #warming = new Map<string, { readonly seconds: number; from: number | undefined }>();
  readonly #rejected = new Set<string>();

  /**
   * A response of clusters went out. One that changed keeps serving with its old settings until it is warm; one that is
   * not in it any more is not ready any more, should it come back.
   */
  clustersSent(names: ReadonlySet<string>, changed: readonly TranslatedCluster[], now: number): void {
    for (const name of this.#ready) if (!names.has(name)) this.#ready.delete(name);
    for (const name of this.#warming.keys()) if (!names.has(name)) this.#warming.delete(name);
    for (const name of this.#rejected) if (!names.has(name)) this.#rejected.delete(name);
    for (const { cluster, endpoints, warmingSeconds } of changed) {
      this.#rejected.delete(cluster.name);
      if (this.#ready.has(cluster.name)) continue;
      this.#warming.set(cluster.name, { seconds: warmingSeconds, from: endpoints ? undefined : now });
    }
  }

  /**
   * The client accepted the response that held these clusters, all that it had then: they are warm, but for those that a
   * later response took away.
   */
  clustersAccepted(names: Iterable<string>, later: readonly Outstanding[]): void {
    const laterSets = later.map((response) => new Set(response.names));
    this.#ready = new Set([...names].filter((name) => laterSets.every((held) => held.has(name))));
    for (const name of this.#ready) {
      this.#warming.delete(name);
      this.#rejected.delete(name);
    }
  }

  /**
   * The client rejected a response of clusters: it took all but those that it names, and need not have warmed them up.
   * @param reason as Envoy words it: `Error adding/updating cluster(s) a: why, b: why`
   */
  clustersRejected(reason: string): void {
    for (const name of this.#warming.keys()) {
      if (!reason.includes(` ${name}: `)) continue;
      this.#warming.delete(name);
      this.#rejected.add(name);
    }
  }

  /** No waiting makes the cluster ready, only a change of it. */
  isRejected(name: string): boolean {
    return this.#rejected.has(name);
  }

  endpointsAnswered(names: readonly string[], now: number): void {
    for (const name of names) {
      const warming = this.#warming.get(name);
      if (warming) warming.from ??= now;
    }
  }

  /** Milliseconds of the session's clock from which on the cluster is ready; Infinity while that is not known. */
  readyFrom(name: string): number {
    if (this.#ready.has(name)) return 0;
    const warming = this.#warming.get(name);
    return warming?.from === undefined ? Infinity : warming.from + warming.seconds * 1000;
  }
}
