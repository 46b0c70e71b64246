import { wordsOf } from '../gateway';
import type { XdsClient, XdsObserver } from '../xds';
import type { ChangeRecord } from './change-records';

/** How far a change has come among the clients that are connected. */
export interface Progress {
  /** Clients of the proxies that the change affects. */
  readonly envoys: number;
  /** Those of them that have accepted everything up to it. */
  readonly acknowledged: number;
  /** What of the change they reject, in their own words. */
  readonly rejected: readonly Refusal[];
}

/** An object of the change that a client rejects. */
export interface Refusal {
  /** E.g. `upstream server1`, `service demo`. */
  readonly object: string;
  readonly node: string;
  readonly reason: string;
}

/** The clients that are connected to this instance. */
export class Fleet implements XdsObserver {
  readonly #clients = new Set<XdsClient>();
  readonly #watchers = new Set<() => void>();
  #isLooking = false;

  connected(client: XdsClient): void {
    this.#clients.add(client);
  }

  /** Many answers come at once: they are looked at together. */
  moved(): void {
    if (this.#isLooking || this.#watchers.size === 0) return;
    this.#isLooking = true;
    setImmediate(() => {
      this.#isLooking = false;
      for (const watcher of [...this.#watchers]) watcher();
    });
  }

  gone(client: XdsClient): void {
    this.#clients.delete(client);
    this.moved();
  }

  /** How far a change has come now. */
  progressOf({ counter, proxies }: ChangeRecord): Progress {
    const clients = [...this.#clients].filter(({ proxy }) => proxies.has(proxy));
    const rejected = clients.flatMap((client) =>
      client.heldBack
        .filter(({ serviceIds }) => isAmong(serviceIds, proxies.get(client.proxy)))
        .map(({ object, reason }) => ({ object: wordsOf(object), node: client.node, reason })),
    );
    const acknowledged = clients.filter((client) => client.acknowledged >= counter).length;
    return { envoys: clients.length, acknowledged, rejected };
  }

  /** Resolves when the clients that are connected have all answered the change, or at the signal. */
  settled(record: ChangeRecord, signal: AbortSignal): Promise<Progress> {
    return new Promise((resolve) => {
      const look = (): void => {
        const progress = this.progressOf(record);
        if (progress.acknowledged < progress.envoys && !signal.aborted) return;
        this.#watchers.delete(look);
        signal.removeEventListener('abort', look);
        resolve(progress);
      };
      this.#watchers.add(look);
      signal.addEventListener('abort', look, { once: true });
      look();
    });
  }
}

function isAmong(ids: readonly number[], services: ReadonlySet<number> | 'all' | undefined): boolean {
  return services === 'all' || ids.some((id) => services?.has(id));
}
