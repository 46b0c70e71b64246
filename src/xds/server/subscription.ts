import type { Resource } from '../resource';
import type { HostRoutes } from '../translate';
import type { Part, Search } from './search';

/** What a client has of one resource when it accepts all that was sent. */
export interface Held {
  readonly version: string;
  /** Undefined when it was sent on an earlier stream, and is another than there is now. */
  readonly resource: Resource | undefined;
  /** Of a route configuration: its hosts. */
  readonly members?: ReadonlyMap<string, HostRoutes>;
}

/** One response that the client has neither accepted nor rejected yet. */
export interface Outstanding {
  readonly nonce: number;
  /** Milliseconds, of the session's clock. */
  readonly sentAt: number;
  readonly names: readonly string[];
  /** The change counter that the client has not seen yet as long as it has not accepted this. */
  readonly version: number;
  /** What it changed, and what the client had of the names before. */
  readonly parts: readonly Part[];
  readonly before: ReadonlyMap<string, Held | undefined>;
}

/** What a client asked for of one resource type on one stream, what it was given, and what it may have to be given. */
export class Subscription {
  readonly names = new Set<string>();
  /** Everything is wanted, whatever its name. */
  wildcard = false;
  readonly held = new Map<string, Held>();
  /** Names to look at, each with the first change counter that may concern it and that the client has not seen. */
  readonly dirty = new Map<string, number>();
  /** Names that were asked for and have to be answered, whatever the client has. */
  readonly asked = new Set<string>();
  /** Names that the client will ask for, because of something that it was sent, with the first change counter of each. */
  readonly expected = new Map<string, number>();
  /** The client got something, or said what it has. */
  isAnswered = false;
  outstanding: Outstanding[] = [];
  #lastNonce = 0;

  /** Of the last response; 0 before the first. */
  get lastNonce(): number {
    return this.#lastNonce;
  }

  /** The last that the client answered, with all before it. */
  get answeredNonce(): number {
    const [oldest] = this.outstanding;
    return oldest ? oldest.nonce - 1 : this.#lastNonce;
  }

  wants(name: string): boolean {
    return this.wildcard || this.names.has(name);
  }

  touch(name: string, version: number): void {
    if (!this.dirty.has(name)) this.dirty.set(name, version);
  }

  /**
   * Takes a name up; it has to be answered, since the client may not have waited for what it was sent before.
   * @param version the first change counter that the client has not seen as long as it is not answered, unless it was expected
   */
  subscribe(name: string, version: number): void {
    this.names.add(name);
    this.asked.add(name);
    this.touch(name, this.expected.get(name) ?? version);
    this.expected.delete(name);
  }

  unsubscribe(name: string): void {
    this.names.delete(name);
    this.asked.delete(name);
    if (this.wildcard) return;
    this.held.delete(name);
    this.dirty.delete(name);
  }

  /**
   * Notes a response, and that the client has what it brings.
   * @param version the first change counter that it brings
   * @returns its nonce
   */
  deliver(sent: ReadonlyMap<string, Held>, removed: readonly string[], version: number, now: number): number {
    const names = [...sent.keys(), ...removed];
    const before = new Map(names.map((name) => [name, this.held.get(name)]));
    const parts = [...sent].flatMap(([name, held]) => partsOf(name, held, before.get(name)));
    for (const name of removed) this.held.delete(name);
    for (const [name, held] of sent) this.held.set(name, held);
    this.isAnswered = true;
    this.#lastNonce += 1;
    this.outstanding.push({ nonce: this.#lastNonce, sentAt: now, names, version, parts, before });
    return this.#lastNonce;
  }

  /** The client rejected a response: it has what it had, and what is good of it has to be sent again. */
  takeBack({ before, version }: Outstanding): void {
    const sentSince = new Set(this.outstanding.flatMap(({ names }) => names));
    for (const [name, held] of before) {
      if (sentSince.has(name) || !this.wants(name)) continue;
      if (held) this.held.set(name, held);
      else this.held.delete(name);
      this.touch(name, version);
    }
  }

  /**
   * Takes the nonce of a request: it settles that response and those before it.
   * @returns the settled responses; `isCurrent` tells whether the client has seen the newest one
   */
  settle(nonce: string): { readonly settled: readonly Outstanding[]; readonly isCurrent: boolean } {
    const number = Number(nonce);
    const settled = this.outstanding.filter((response) => response.nonce <= number);
    this.outstanding = this.outstanding.slice(settled.length);
    return { settled, isCurrent: nonce === '' || number === this.#lastNonce };
  }

  /** What a search for the reason of a rejection has under way. */
  search: Search | undefined;
  /** Nothing is sent before this time of the session's clock: another client finds out what is rejected. */
  pausedUntil = 0;

  /** The last change counter of which everything of this type was accepted; Infinity when nothing is missing. */
  get acknowledged(): number {
    let missing = Infinity;
    for (const version of this.dirty.values()) missing = Math.min(missing, version);
    for (const version of this.expected.values()) missing = Math.min(missing, version);
    for (const { version } of this.outstanding) missing = Math.min(missing, version);
    return missing - 1;
  }
}

/** What differs from what the client had: of a route configuration, the hosts. */
function partsOf(name: string, held: Held, before: Held | undefined): Part[] {
  if (!held.members) return [{ name, content: held.version }];
  return [...held.members].flatMap(([host, { virtualHost }]) =>
    before?.members?.get(host)?.virtualHost.version === virtualHost.version ? [] : [{ name, host, content: virtualHost.version }],
  );
}
