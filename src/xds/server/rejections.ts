import type { ResourceKind } from '../translate';

/** What a kind of client rejected, by content: it is not sent to a client of that kind again. */
export interface Rejection {
  /** The program and its version, such as `envoy/1.40.0`. */
  readonly client: string;
  readonly kind: ResourceKind;
  /** The version of the resource, or of the virtual host in it, that was rejected. */
  readonly content: string;
  /** The client's own words. */
  readonly reason: string;
}

/** The oldest are forgotten; a client then rejects them once more. */
const MOST = 10_000;

/**
 * What clients rejected, shared by all streams, so that a bad object breaks one client of a kind once. When it is not clear
 * which of several resources was rejected, one client of a kind is asked to find out, and the others wait for what it says.
 */
export class Rejections {
  readonly #reasons = new Map<string, string>();
  readonly #searching = new Map<string, object>();
  readonly #onNew: (rejection: Rejection) => void;

  /** @param onNew told of each that was not known */
  constructor(onNew: (rejection: Rejection) => void = () => undefined) {
    this.#onNew = onNew;
  }

  /** Takes in what is known from before. */
  load(rejections: Iterable<Rejection>): void {
    for (const rejection of rejections) this.#keep(rejection);
  }

  add(rejection: Rejection): void {
    if (this.#reasons.has(keyOf(rejection.client, rejection.kind, rejection.content))) return;
    this.#keep(rejection);
    this.#onNew(rejection);
  }

  /** Why the client rejects this content; undefined when nothing is known against it. */
  reasonOf(client: string, kind: ResourceKind, content: string): string | undefined {
    return this.#reasons.size === 0 ? undefined : this.#reasons.get(keyOf(client, kind, content));
  }

  /** Whether the searcher may find out what a kind of client rejects: one at a time may. */
  startSearch(client: string, searcher: object): boolean {
    const current = this.#searching.get(client) ?? searcher;
    this.#searching.set(client, current);
    return current === searcher;
  }

  endSearch(client: string, searcher: object): void {
    if (this.#searching.get(client) === searcher) this.#searching.delete(client);
  }

  #keep({ client, kind, content, reason }: Rejection): void {
    this.#reasons.set(keyOf(client, kind, content), reason);
    if (this.#reasons.size > MOST) for (const oldest of this.#reasons.keys()) return void this.#reasons.delete(oldest);
  }
}

function keyOf(client: string, kind: ResourceKind, content: string): string {
  return `${client}\0${kind}\0${content}`;
}
