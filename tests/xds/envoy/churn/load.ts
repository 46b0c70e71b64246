import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { History, Outcome } from './history';

export interface BadAnswer {
  readonly request: string;
  readonly failure: string;
  /** Its x-request-id, by which the access log knows it. */
  readonly id: string;
  /** Milliseconds from the start of the run. */
  readonly sent: number;
  readonly took: number;
  readonly expected: readonly string[];
}

const PATHS = ['/', '/moving-1/x', '/moving-2', '/moving-3', '/other'];
const TICK_MS = 10;
const FIRST_TRY_EVERY_MS = 10;
const REQUEST_TIMEOUT_MS = 10_000;

/** So many requests a second, whatever becomes of them, to hosts that come and go; every answer is judged. */
export class Load {
  readonly bad: BadAnswer[] = [];
  readonly stale: number[] = [];
  /** Milliseconds from when a host was written to its first answer. */
  readonly firstServed: number[] = [];
  requests = 0;
  #ids = 0;
  /** Each host that is asked, and since when it was served. */
  readonly #hosts = new Map<string, number>();
  readonly #coming = new Set<string>();
  readonly #agent = new http.Agent({ keepAlive: true, timeout: 20_000 });
  readonly #started = performance.now();
  readonly #pending = new Set<Promise<void>>();

  constructor(
    readonly port: number,
    readonly history: History,
  ) {}

  /** Asks for a host from when it is served. */
  async add(host: string): Promise<void> {
    const started = performance.now();
    this.#coming.add(host);
    while (this.#coming.has(host)) {
      const outcome = await this.#ask(host, '/', 'GET');
      if (!this.#coming.has(host)) return;
      if ('server' in outcome && this.history.serversOf(this.history.current, host, '/')?.has(outcome.server)) {
        this.firstServed.push(performance.now() - started);
        this.#coming.delete(host);
        this.#hosts.set(host, performance.now());
      } else await sleep(FIRST_TRY_EVERY_MS);
    }
  }

  remove(host: string): void {
    this.#coming.delete(host);
    this.#hosts.delete(host);
  }

  get unserved(): readonly string[] {
    return [...this.#coming];
  }

  async run(rate: number, seconds: number): Promise<void> {
    const started = performance.now();
    for (let sent = 0; sent < rate * seconds;) {
      const due = Math.min(rate * seconds, ((performance.now() - started) / 1_000) * rate);
      const hosts = [...this.#hosts.keys()];
      for (; sent < due; sent += 1) {
        const host = hosts[sent % hosts.length];
        if (host === undefined) continue;
        const asked = this.#judged(host, PATHS[Math.floor(sent / hosts.length) % PATHS.length]!, sent % 4 === 0 ? 'POST' : 'GET');
        this.#pending.add(asked);
        void asked.finally(() => this.#pending.delete(asked));
      }
      await sleep(TICK_MS);
    }
    await Promise.all(this.#pending);
    this.#coming.clear();
    this.#agent.destroy();
  }

  async #judged(host: string, path: string, method: string): Promise<void> {
    const since = this.#hosts.get(host) ?? 0;
    const sent = performance.now();
    const id = `churn-${(this.#ids += 1)}`;
    const outcome = await this.#ask(host, path, method, id);
    const answered = performance.now();
    this.requests += 1;
    const { isBad, stale, expected } = this.history.judge(host, path, outcome, sent, answered, since);
    if (stale > 0) this.stale.push(stale);
    // Of a host that went meanwhile nothing is expected.
    if (!isBad || !this.#hosts.has(host)) return;
    this.bad.push({
      id,
      request: `${method} ${host}${path}`,
      failure: 'server' in outcome ? `answered by ${outcome.server}` : outcome.failure,
      sent: Math.round(sent - this.#started),
      took: Math.round(answered - sent),
      expected: [`served since ${(since - sent).toFixed(0)} ms`, ...expected],
    });
  }

  #ask(host: string, path: string, method: string, id = 'churn-first'): Promise<Outcome> {
    return new Promise((resolve) => {
      const request = http.request(
        { host: '127.0.0.1', port: this.port, path, method, headers: { host, 'x-request-id': id }, agent: this.#agent },
        (response) => {
          let body = '';
          response.on('data', (chunk: Buffer) => (body += chunk.toString()));
          response.on('error', (error) => resolve({ failure: `in the body: ${error.message}` }));
          response.on('end', () =>
            resolve(response.statusCode === 200 ? { server: body } : { failure: `${response.statusCode} ${body.slice(0, 120)}` }),
          );
        },
      );
      request.setTimeout(REQUEST_TIMEOUT_MS, () => request.destroy(new Error('no answer in time')));
      request.on('error', (error) =>
        resolve({ failure: `${error.message}${request.reusedSocket ? ' (connection used before)' : ''}` }),
      );
      request.end(method === 'POST' ? 'content' : undefined);
    });
  }
}
