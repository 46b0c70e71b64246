import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from './http';
import { form, graphql, send } from './http';
import { Random } from './random';
import type { World } from './world';
import { answerConfig } from './answers';

export type Fate = 'acknowledged' | 'refused' | 'unknown';

/** A counter that is only ever added to: a write that was lost or done twice shows in it. */
const COUNTER = 'counter';
const INCREMENT = `mutation { update_saaras_db_upstream(where: {upstream_name: {_eq: "${COUNTER}"}}, _inc: {upstream_weight: 1}) { affected_rows } }`;

const AFTER_UNKNOWN_MS = 500;

/** Writers that each change keys of their own on any instance, as long as they run. */
export class Writers {
  readonly fates: Record<Fate, number> = { acknowledged: 0, refused: 0, unknown: 0 };
  readonly increments: Record<Fate, number> = { acknowledged: 0, refused: 0, unknown: 0 };
  /** Services that were created: each name is used once. */
  readonly created: Record<Fate, string[]> = { acknowledged: [], refused: [], unknown: [] };
  /** Answers that are none of those that a writer is promised. */
  readonly unclear: string[] = [];
  readonly times: { readonly at: number; readonly ms: number }[] = [];
  readonly #agent = new http.Agent({ keepAlive: true });
  readonly #random: Random;
  #names = 0;
  #isStopped = false;
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    readonly world: World,
    seed: number,
  ) {
    this.#random = new Random(seed);
  }

  async prepare(): Promise<void> {
    await this.world.postgres.query(
      `INSERT INTO saaras_db.upstream (upstream_name, upstream_weight) VALUES ($1, 0)
       ON CONFLICT (upstream_name) DO UPDATE SET upstream_weight = 0`,
      [COUNTER],
    );
  }

  /** @param pauseMs between the writes of one writer @param writers how many */
  start(writers: number, pauseMs: number): void {
    const { keys } = this.world.ledger;
    this.#running = Promise.all(
      Array.from({ length: writers }, async (_, index) => {
        const own = keys.filter((_key, position) => position % writers === index);
        while (!this.#isStopped) {
          await this.#writeOne(own);
          await sleep(pauseMs * (0.5 + this.#random.next()));
        }
      }),
    );
  }

  /** So many writes a second, whatever becomes of them. */
  async atRate(rate: number, seconds: number): Promise<void> {
    const { keys } = this.world.ledger;
    const queues = new Map(keys.map((key) => [key, Promise.resolve()]));
    const started = performance.now();
    for (let sent = 0; sent < rate * seconds;) {
      const due = Math.min(rate * seconds, ((performance.now() - started) / 1000) * rate);
      for (; sent < due; sent += 1) {
        const key = keys[sent % keys.length]!;
        queues.set(
          key,
          queues.get(key)!.then(() => this.#write(key)),
        );
      }
      await sleep(10);
    }
    await Promise.all(queues.values());
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
    this.#agent.destroy();
  }

  async #writeOne(keys: readonly string[]): Promise<void> {
    const dice = this.#random.next();
    if (dice < 0.6) await this.#write(this.#random.of(keys));
    else if (dice < 0.85) this.increments[this.#judge(await graphql(this.#port(), INCREMENT, {}, this.#agent), 'GraphQL')] += 1;
    else {
      const name = `made-${(this.#names += 1)}`;
      const fate = this.#judge(
        await form(this.#port(), 'POST', '/service', { service_name: name, fqdn: `${name}.test` }, this.#agent),
        'REST',
      );
      this.created[fate].push(name);
    }
  }

  async #write(key: string): Promise<void> {
    const { ledger } = this.world;
    const number = ledger.begin(key);
    const sent = performance.now();
    const outcome = await send({
      port: this.#port(),
      method: 'POST',
      path: `/filter/${key}/config`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ Config: answerConfig(key, number) }).toString(),
      agent: this.#agent,
    });
    this.times.push({ at: sent, ms: outcome.ms });
    const fate = this.#judge(outcome, 'REST');
    this.fates[fate] += 1;
    if (fate === 'acknowledged') ledger.acknowledge(key, number);
    if (fate === 'refused') ledger.refuse(key, number);
    // What a killed instance had asked the database for may still be on its way.
    if (fate === 'unknown') await sleep(AFTER_UNKNOWN_MS);
  }

  #port(): number {
    return this.#random.of(this.world.instances).ports.admin;
  }

  /** What a writer knows after an answer; whatever is no promised answer is kept. */
  #judge(outcome: Outcome, api: 'REST' | 'GraphQL'): Fate {
    if (outcome.kind === 'failure') return outcome.nothingWasSent ? 'refused' : 'unknown';
    const { status, body, headers } = outcome;
    if (api === 'GraphQL') {
      const errors = errorsIn(body);
      if (errors === undefined) return 'acknowledged';
      if (!/connection error|max connections|query error|time limit|terminating/.test(errors))
        this.unclear.push(`${status} ${body}`.slice(0, 300));
      return errors.includes('not known') ? 'unknown' : 'refused';
    }
    if (status === 200 || status === 201) return 'acknowledged';
    const { error, code } = JSON.parse(body) as { error?: string; code?: string };
    if (status !== 503 || !headers['retry-after'] || !error || !code) this.unclear.push(`${status} ${body}`.slice(0, 300));
    return code === 'outcome_unknown' ? 'unknown' : 'refused';
  }

  /** What is wrong with what the database holds of increments and of new services. */
  async faults(): Promise<readonly string[]> {
    const [row] = await this.world.postgres.query<{ n: number }>(
      'SELECT upstream_weight AS n FROM saaras_db.upstream WHERE upstream_name = $1',
      [COUNTER],
    );
    const { acknowledged, unknown } = this.increments;
    const n = row?.n ?? -1;
    const faults =
      n < acknowledged || n > acknowledged + unknown
        ? [`the counter is ${n}: ${acknowledged} acknowledged, ${unknown} unknown`]
        : [];
    const rows = await this.world.postgres.query<{ name: string }>(
      `SELECT service_name AS name FROM saaras_db.service WHERE service_name LIKE 'made-%'`,
    );
    const there = new Set(rows.map(({ name }) => name));
    faults.push(...this.created.acknowledged.filter((name) => !there.has(name)).map((name) => `${name} is lost`));
    faults.push(...this.created.refused.filter((name) => there.has(name)).map((name) => `${name} was refused, and is there`));
    return faults;
  }
}

function errorsIn(body: string): string | undefined {
  const { errors } = JSON.parse(body) as { errors?: { message: string }[] };
  return errors?.map(({ message }) => message).join('; ');
}
