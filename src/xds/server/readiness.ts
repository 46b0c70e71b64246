import type { ClusterTarget } from '../config';

/** Envoy's clock of a check begins later than ours, by what it has to do until then: so much more, in milliseconds. */
const CHECK_BEGINS_WITHIN = 500;

/**
 * Which clusters a client can send requests to. Envoy withholds its answers on clusters while any of them warms up, so one
 * silent upstream would hold up everything that comes after it. A cluster therefore also counts as ready once its endpoints
 * were accepted and the time that its own health check can take has passed.
 */
export class ClusterReadiness {
  readonly #ready = new Set<string>();
  readonly #warming = new Map<string, { readonly seconds: number; readonly nonce: number; from: number | undefined }>();
  readonly #rejected = new Set<string>();

  /** The client has it from before the stream began, but it may be warming still. */
  held(name: string, warmingSeconds: number, now: number): void {
    if (warmingSeconds === 0) this.#ready.add(name);
    else this.#warming.set(name, { seconds: warmingSeconds, nonce: 0, from: now });
  }

  /** It went out in a response, new or changed. One that changed keeps serving with its old settings until it is warm. */
  sent(name: string, { hasEndpoints, warmingSeconds }: ClusterTarget, nonce: number, now: number): void {
    this.#rejected.delete(name);
    if (this.#ready.has(name)) return;
    this.#warming.set(name, { seconds: warmingSeconds, nonce, from: hasEndpoints ? undefined : now });
  }

  removed(name: string): void {
    this.#ready.delete(name);
    this.#warming.delete(name);
    this.#rejected.delete(name);
  }

  /** The client accepted the response with this nonce that held these clusters: they are warm, but for those sent again since. */
  accepted(names: Iterable<string>, nonce: number): void {
    for (const name of names) {
      const warming = this.#warming.get(name);
      if (warming ? warming.nonce > nonce : !this.#rejected.has(name)) continue;
      this.#warming.delete(name);
      this.#rejected.delete(name);
      this.#ready.add(name);
    }
  }

  /** The client rejected it, and has it not at all, or as it was. */
  rejected(name: string): void {
    if (this.#warming.delete(name)) this.#rejected.add(name);
  }

  /** No waiting makes the cluster ready, only a change of it. */
  isRejected(name: string): boolean {
    return this.#rejected.has(name);
  }

  endpointsAnswered(names: Iterable<string>, now: number): void {
    for (const name of names) {
      const warming = this.#warming.get(name);
      if (warming) warming.from ??= now;
    }
  }

  /** Milliseconds of the session's clock from which on the cluster is ready; Infinity while that is not known. */
  readyFrom(name: string): number {
    if (this.#ready.has(name)) return 0;
    const warming = this.#warming.get(name);
    if (warming?.from === undefined) return Infinity;
    return warming.from + (warming.seconds > 0 ? warming.seconds * 1_000 + CHECK_BEGINS_WITHIN : 0);
  }
}
