import type { TranslatedCluster } from '../translate';

/**
 * Which clusters a client can send requests to. Envoy answers a response of clusters only when all of them have warmed
 * up, so one silent upstream would hold up everything that came with it. A cluster therefore also counts as ready once
 * its endpoints were accepted and the time that its own health check can take has passed.
 */
export class ClusterReadiness {
  #ready = new Set<string>();
  readonly #warming = new Map<string, { readonly seconds: number; from: number | undefined }>();

  /** Clusters that are new or changed went out. A changed one keeps serving with its old settings until it is warm. */
  clustersSent(clusters: readonly TranslatedCluster[], now: number): void {
    for (const { cluster, endpoints, warmingSeconds } of clusters) {
      if (this.#ready.has(cluster.name)) continue;
      this.#warming.set(cluster.name, { seconds: warmingSeconds, from: endpoints ? undefined : now });
    }
  }

  /** The client answered the response that held these clusters, all that it had then: they are warm. */
  clustersAnswered(names: Iterable<string>): void {
    this.#ready = new Set(names);
    for (const name of this.#ready) this.#warming.delete(name);
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
