import type { Resource } from '../resource';

/** One response that the client has neither accepted nor rejected yet. */
export interface Outstanding {
  readonly nonce: number;
  /** Milliseconds, of the session's clock. */
  readonly sentAt: number;
  readonly names: readonly string[];
}

/** What a client asked for of one resource type on one stream, and what it was given. */
export class Subscription {
  readonly names = new Set<string>();
  /** Everything is wanted, whatever its name. */
  wildcard = false;
  /** The resources that the client holds when it accepts all that was sent. */
  readonly delivered = new Map<string, Resource>();
  answered = false;
  /** Something happened since it was last looked at that may call for a response. */
  stale = true;
  outstanding: Outstanding[] = [];
  /** A response of this type is the whole state; of other types it may hold only what changed. */
  readonly whole: boolean;
  #lastNonce = 0;

  constructor(whole: boolean) {
    this.whole = whole;
  }

  /**
   * Takes the names of a request. A name that is asked for anew is to be answered even if it was sent unasked, since the
   * client may not have waited for it then; a name that is asked for no more is forgotten.
   */
  ask(names: readonly string[]): void {
    this.wildcard = this.whole && (names.length === 0 || names.includes('*'));
    const asked = new Set(names);
    if (asked.size === this.names.size && names.every((name) => this.names.has(name))) return;
    this.stale = true;
    if (!this.whole) {
      for (const name of asked) if (!this.names.has(name)) this.delivered.delete(name);
      for (const name of this.names) if (!asked.has(name)) this.delivered.delete(name);
    }
    this.names.clear();
    for (const name of asked) this.names.add(name);
  }

  wants(name: string): boolean {
    return this.wildcard || this.names.has(name);
  }

  /**
   * Notes a response with these resources.
   * @returns its nonce
   */
  deliver(resources: readonly Resource[], now: number): string {
    this.hold(resources);
    this.#lastNonce += 1;
    this.outstanding.push({ nonce: this.#lastNonce, sentAt: now, names: resources.map(({ name }) => name) });
    return String(this.#lastNonce);
  }

  /** Notes that the client holds these resources. */
  hold(resources: readonly Resource[]): void {
    if (this.whole) this.delivered.clear();
    for (const resource of resources) this.delivered.set(resource.name, resource);
    this.answered = true;
  }

  /**
   * Takes the nonce of a request: it settles that response and those before it.
   * @returns the settled responses; `current` tells whether the client has seen the newest one
   */
  settle(nonce: string): { readonly settled: readonly Outstanding[]; readonly current: boolean } {
    const number = Number(nonce);
    const settled = this.outstanding.filter((response) => response.nonce <= number);
    this.outstanding = this.outstanding.filter((response) => !settled.includes(response));
    return { settled, current: nonce === '' || number === this.#lastNonce };
  }
}
