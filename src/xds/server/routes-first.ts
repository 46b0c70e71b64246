import type { Outstanding, Subscription } from './subscription';

/**
 * Holds back the plain listener when its routes have another source. A new listener begins at once with what the client has
 * of them: the scopes, their routes and those of every host, as they are when it is held back first, are to be accepted
 * before it. What changes meanwhile holds it back no longer.
 */
export class RoutesFirst {
  /** The last response of each type that is waited for; Infinity until it was sent. */
  #scopes: number | undefined;
  #routes = Infinity;
  #isAfterScopes = false;

  /** @param sendRoutes sends what there is of routes, if that can be now @returns the responses to wait for */
  awaited(scopes: Subscription | undefined, routes: Subscription, sendRoutes: () => boolean): readonly Outstanding[] {
    this.#scopes ??= scopes?.lastNonce ?? 0;
    const openScopes = openOf(scopes, this.#scopes);
    // The client asks for the routes of scopes that are new to it before it accepts those.
    if (openScopes.length === 0 && !this.#isAfterScopes) {
      this.#isAfterScopes = true;
      this.#routes = Infinity;
    }
    if (this.#routes === Infinity && sendRoutes()) this.#routes = routes.lastNonce;
    return [...openScopes, ...openOf(routes, this.#routes)];
  }
}

function openOf(subscription: Subscription | undefined, last: number): readonly Outstanding[] {
  return subscription?.outstanding.filter(({ nonce }) => nonce <= last) ?? [];
}
