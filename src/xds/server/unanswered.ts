import type { ResourceKind } from '../translate';
import type { Request } from './protocol';

/** Responses that a client may never answer are forgotten beyond so many. */
const MOST = 1_000;

/** The responses of one stream that were neither accepted nor rejected, so that each answer is counted once. */
export class Unanswered {
  readonly #nonces = new Set<string>();

  sent(kind: ResourceKind, nonce: number): void {
    if (this.#nonces.size >= MOST) this.#nonces.clear();
    this.#nonces.add(`${kind} ${nonce}`);
  }

  /** Whether a request is the first answer to a response. */
  isAnswer({ kind, nonce }: Request): boolean {
    return nonce !== '' && this.#nonces.delete(`${kind} ${nonce}`);
  }
}
