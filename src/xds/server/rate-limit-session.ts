import type { RateLimitConfigs } from '../config';
import type { Resource } from '../resource';
import { versionOfSet } from '../resource';
import type { Delivery, Request, Variant } from './protocol';

export interface RateLimitSessionPorts {
  send(delivery: Omit<Delivery, 'kind' | 'since'>): void;
  /** The client took what it was sent. */
  onAccepted(version: string): void;
  /** It did not, and keeps what it had. @param reason in its own words */
  onRejected(version: string, reason: string): void;
}

/**
 * A rate limit service on a stream, of either variant of the protocol: it has the limits of all proxies, or those that it names.
 * Of what changes while it has not answered it is sent the last state only. What it rejects is not sent again before it changes.
 */
export class RateLimitSession {
  readonly #configs: RateLimitConfigs;
  readonly #variant: Variant;
  readonly #ports: RateLimitSessionPorts;
  readonly #unwatch: () => void;
  /** Versions of what the client was sent last, by name; incrementally also while it rejects that. */
  #held: ReadonlyMap<string, string> = new Map();
  #names = new Set<string>();
  #isAsked = false;
  /** It was sent something or said that it has something. */
  #isAnswered = false;
  #nonce = 0;
  #outstanding: { readonly nonce: number; readonly version: string } | undefined;

  constructor(configs: RateLimitConfigs, variant: Variant, ports: RateLimitSessionPorts) {
    this.#configs = configs;
    this.#variant = variant;
    this.#ports = ports;
    this.#unwatch = configs.watch(() => this.#advance());
  }

  onRequest({ nonce, rejection, asks, has }: Omit<Request, 'kind'>): void {
    if (!this.#isAsked) this.#begin(has);
    else if (this.#outstanding && Number(nonce) === this.#outstanding.nonce) {
      const { version } = this.#outstanding;
      this.#outstanding = undefined;
      if (rejection === undefined) this.#ports.onAccepted(version);
      else this.#ports.onRejected(version, rejection);
    }
    if ('names' in asks) this.#names = new Set(asks.names);
    else {
      for (const name of asks.subscribe) this.#names.add(name);
      for (const name of asks.unsubscribe) this.#names.delete(name);
    }
    this.#advance();
  }

  close(): void {
    this.#unwatch();
  }

  /** Versions are made of contents: what a client has from another instance or an earlier stream it is not sent again. */
  #begin(has: Request['has']): void {
    this.#isAsked = true;
    if (typeof has !== 'string') this.#held = has;
    else if (has !== '' && has === versionOfSet(this.#wanted()?.values() ?? [])) {
      this.#held = versionsOf(this.#wanted() ?? new Map<string, Resource>());
      this.#isAnswered = true;
    }
  }

  /** Undefined as long as it is not known what there is. */
  #wanted(): ReadonlyMap<string, Resource> | undefined {
    const { resources } = this.#configs;
    if (!resources || this.#names.size === 0 || this.#names.has('*')) return resources;
    return new Map([...resources].filter(([name]) => this.#names.has(name)));
  }

  #advance(): void {
    const wanted = this.#wanted();
    if (!wanted || !this.#isAsked || this.#outstanding) return;
    const changed = [...wanted.values()].filter(({ name, version }) => this.#held.get(name) !== version);
    const removed = [...this.#held.keys()].filter((name) => !wanted.has(name));
    if (this.#isAnswered && changed.length === 0 && removed.length === 0) return;
    const version = versionOfSet(wanted.values());
    const isDelta = this.#variant === 'delta';
    this.#held = versionsOf(wanted);
    this.#isAnswered = true;
    this.#nonce += 1;
    this.#outstanding = { nonce: this.#nonce, version };
    this.#ports.send({
      nonce: this.#nonce,
      version,
      resources: isDelta ? changed : [...wanted.values()],
      removed: isDelta ? removed : [],
    });
  }
}

function versionsOf(resources: ReadonlyMap<string, Resource>): ReadonlyMap<string, string> {
  return new Map([...resources].map(([name, { version }]) => [name, version]));
}
