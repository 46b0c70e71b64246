import type { HostRoutes } from '../translate';

type Members = ReadonlyMap<string, HostRoutes>;

/** Which clusters the routes lead to that a client uses, or may use: what it accepted last and what it has not answered. */
export class ClusterUse {
  readonly #counts = new Map<string, number>();
  /** By route configuration, the oldest first. */
  readonly #routes = new Map<string, { readonly nonce: number; readonly members: Members }[]>();

  /** The routes went out in a response; without members they were taken away. */
  sent(name: string, members: Members | undefined, nonce: number): void {
    const versions = this.#routes.get(name) ?? [];
    this.#routes.set(name, [...versions, { nonce, members: members ?? new Map<string, HostRoutes>() }]);
    if (members) this.#count(members, 1);
  }

  /**
   * The client answered the response with this nonce. What it rejected it may have taken in part, so that both count until
   * it accepts something.
   */
  answered(names: Iterable<string>, nonce: number, isAccepted: boolean): void {
    if (!isAccepted) return;
    for (const name of names) {
      const versions = this.#routes.get(name) ?? [];
      const current = versions.findLastIndex((version) => version.nonce <= nonce);
      for (const { members } of versions.slice(0, Math.max(current, 0))) this.#count(members, -1);
      const rest = versions.slice(Math.max(current, 0));
      if (rest.length === 1 && rest[0]?.members.size === 0) this.#routes.delete(name);
      else this.#routes.set(name, rest);
    }
  }

  /**
   * The client does not want these routes any more, and lets go of them.
   * @param answered the last nonce that it answered: what is under way it takes in if it wants them again by then
   */
  dropped(name: string, answered: number): void {
    const versions = this.#routes.get(name) ?? [];
    for (const { members, nonce } of versions) if (nonce <= answered) this.#count(members, -1);
    const rest = versions.filter(({ nonce }) => nonce > answered);
    if (rest.length > 0) this.#routes.set(name, rest);
    else this.#routes.delete(name);
  }

  has(cluster: string): boolean {
    return this.#counts.has(cluster);
  }

  #count(members: Members, by: number): void {
    for (const { clusters } of members.values()) {
      for (const name of clusters) {
        const count = (this.#counts.get(name) ?? 0) + by;
        if (count > 0) this.#counts.set(name, count);
        else this.#counts.delete(name);
      }
    }
  }
}
