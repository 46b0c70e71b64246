import { coveringWildcard, IPV6, isWildcard } from '../translate';

/** Which scope on the plain listener holds which hosts. */
export class Scopes {
  readonly #wildcards = new Set<string>();
  /** The exact hosts below each wildcard, but for those below a longer one; and of IPV6 the addresses. */
  readonly #covered = new Map<string, Set<string>>();
  readonly #exact = new Set<string>();

  get wildcards(): ReadonlySet<string> {
    return this.#wildcards;
  }

  /** Takes hosts in or out. @returns the scopes whose hosts are others than before, and whether the wildcards are */
  update(
    came: Iterable<string>,
    went: Iterable<string>,
  ): { readonly scopes: ReadonlySet<string>; readonly wildcardsChanged: boolean } {
    const scopes = new Set<string>();
    let wildcardsChanged = false;
    for (const host of went) {
      if (isWildcard(host)) wildcardsChanged = this.#wildcards.delete(host) || wildcardsChanged;
      else this.#leave(host, scopes);
    }
    for (const host of came) {
      if (isWildcard(host)) wildcardsChanged = !this.#wildcards.has(host) || wildcardsChanged;
      if (isWildcard(host)) this.#wildcards.add(host);
      else this.#exact.add(host);
    }
    if (wildcardsChanged) {
      for (const scope of [...this.#wildcards, ...this.#covered.keys()]) scopes.add(scope);
      this.#covered.clear();
      for (const host of this.#exact) this.#cover(host, scopes);
    } else for (const host of came) if (!isWildcard(host)) this.#cover(host, scopes);
    return { scopes, wildcardsChanged };
  }

  /** The scopes that hold a host: its own, and that of the wildcard which requests for it are sent to. */
  scopesOf(host: string): readonly string[] {
    if (host.startsWith(IPV6)) return [IPV6];
    const wildcard = isWildcard(host) ? undefined : coveringWildcard(host, this.#wildcards);
    return wildcard === undefined ? [host] : [host, wildcard];
  }

  /** The hosts of a scope, in order. */
  hostsOf(scope: string): readonly string[] {
    return [...(scope === IPV6 ? [] : [scope]), ...(this.#covered.get(scope) ?? [])].sort();
  }

  #cover(host: string, scopes: Set<string>): void {
    const wildcard = this.#groupOf(host);
    if (wildcard === undefined) return;
    this.#covered.set(wildcard, (this.#covered.get(wildcard) ?? new Set<string>()).add(host));
    scopes.add(wildcard);
  }

  #groupOf(host: string): string | undefined {
    return host.startsWith(IPV6) ? IPV6 : coveringWildcard(host, this.#wildcards);
  }

  #leave(host: string, scopes: Set<string>): void {
    this.#exact.delete(host);
    const wildcard = this.#groupOf(host);
    if (wildcard === undefined) return;
    this.#covered.get(wildcard)?.delete(host);
    scopes.add(wildcard);
  }
}
