import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { send } from './http';
import type { World } from './world';
import { hostOf, numberIn } from './answers';
import { SERVED_HOST } from './world';

/** What clients of the gateway get: every answer is judged by what had been written when it was asked for. */
export class Traffic {
  requests = 0;
  readonly wrong: string[] = [];
  /** Connections that an Envoy that was killed broke off, or that nobody took. */
  readonly broken: { readonly at: number; readonly reason: string }[] = [];
  readonly times: { readonly at: number; readonly ms: number }[] = [];
  readonly #agent: http.Agent | undefined;
  #isStopped = false;
  #running: Promise<unknown> = Promise.resolve();

  /** @param keepAlive use connections again; else each request may come to another Envoy */
  constructor(
    readonly world: World,
    { keepAlive = false } = {},
  ) {
    this.#agent = keepAlive ? new http.Agent({ keepAlive: true, maxSockets: 100 }) : undefined;
  }

  start(rate: number): void {
    this.#running = this.#run(rate);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
    this.#agent?.destroy();
  }

  async #run(rate: number): Promise<void> {
    const pending = new Set<Promise<void>>();
    const hosts = [SERVED_HOST, ...this.world.ledger.keys];
    const started = performance.now();
    for (let sent = 0; !this.#isStopped;) {
      const due = ((performance.now() - started) / 1000) * rate;
      for (; sent < due; sent += 1) {
        const asked = this.#ask(hosts[sent % hosts.length]!);
        pending.add(asked);
        void asked.finally(() => pending.delete(asked));
      }
      await sleep(5);
    }
    await Promise.all(pending);
  }

  async #ask(target: string): Promise<void> {
    const isServed = target === SERVED_HOST;
    const at = performance.now();
    const outcome = await send({
      port: this.world.httpPort,
      path: '/',
      headers: { host: isServed ? SERVED_HOST : hostOf(target) },
      ...(this.#agent && { agent: this.#agent }),
      timeoutMs: 10_000,
    });
    this.requests += 1;
    this.times.push({ at, ms: outcome.ms });
    if (outcome.kind === 'failure') return void this.broken.push({ at, reason: outcome.reason });
    const { status, headers, body } = outcome;
    if (isServed ? status === 200 && body === 'server' : this.#isRight(target, status, headers.location)) return;
    this.wrong.push(`${target}: ${status} ${headers.location ?? body.slice(0, 100)}`);
  }

  #isRight(key: string, status: number, location = ''): boolean {
    const number = numberIn(location);
    if (status !== 302 || number === undefined || !location.endsWith(`/${key}/${number}`)) return false;
    const { attempted, refused } = this.world.ledger.entry(key);
    return number >= 1 && number <= attempted && !refused.has(number);
  }
}
