import { wordsOf } from '../gateway';
import type { XdsClient, XdsObserver } from '../xds';
import type { StatusBoard } from './board';

/** What was told last of a client, so that only what differs is told. */
interface Told {
  readonly id: string;
  acknowledged: number;
  errorAt: number;
  rejected: string;
}

/** Tells the board of the clients of the xDS server. */
export class XdsStatus implements XdsObserver {
  readonly #board: StatusBoard;
  readonly #told = new Map<XdsClient, Told>();
  #last = 0;

  constructor(board: StatusBoard) {
    this.#board = board;
  }

  connected(client: XdsClient): void {
    const id = String((this.#last += 1));
    this.#told.set(client, { id, acknowledged: -1, errorAt: 0, rejected: '' });
    const { node, proxy, peer, client: userAgent, connectedSince } = client;
    this.#board.envoyConnected(id, { node, proxy, peer, userAgent, connectedSince });
  }

  moved(client: XdsClient): void {
    const told = this.#told.get(client);
    if (!told) return;
    const { acknowledged, lastError, heldBack } = client;
    if (acknowledged > told.acknowledged) {
      told.acknowledged = acknowledged;
      this.#board.envoyAcknowledged(told.id, acknowledged);
    }
    if (lastError && lastError.at.getTime() !== told.errorAt) {
      told.errorAt = lastError.at.getTime();
      this.#board.envoyRejected(told.id, { resource: lastError.resource, reason: lastError.reason });
    }
    const rejected = heldBack.map(({ object, resource, reason }) => `${resource} ${wordsOf(object)} ${reason}`).join('\n');
    if (rejected === told.rejected) return;
    told.rejected = rejected;
    this.#board.objectsRejected(client.node, client.proxy, heldBack);
  }

  gone(client: XdsClient): void {
    const told = this.#told.get(client);
    this.#told.delete(client);
    if (told) this.#board.envoyGone(told.id);
  }
}
