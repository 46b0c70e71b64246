import pg from 'pg';
import WebSocket from 'ws';
import { percentile } from '../statistics';
import type { Server } from './processes';
import { memoryOf, postgresTime, processorTime } from './processes';

const SUBSCRIPTIONS = 5_000;
const SOCKETS = 100;
const CHANGES_A_SECOND = 100;
const SECONDS = 20;
const BARS = { p99: 500, cores: 1 };
const QUERY = 'subscription ($id: bigint!) { saaras_db_upstream_by_pk(upstream_id: $id) { upstream_weight upstream_name } }';

/** 5,000 live subscriptions of one query with different variables, under 100 changes a second, each to one of them. */
export async function live(url: string, server: Server, postmaster: number): Promise<boolean> {
  const writer = new pg.Client({ connectionString: url });
  await writer.connect();
  const { rows } = await writer.query<{ id: string }>(
    `INSERT INTO saaras_db.upstream (upstream_name, upstream_weight) SELECT 'live-' || n, 0 FROM generate_series(1, ${SUBSCRIPTIONS}) n
     RETURNING upstream_id::text AS id`,
  );
  const ids = rows.map(({ id }) => id);
  /** When the change that gives a subscription's row this weight was committed, by id and weight. */
  const committed = new Map<string, number>();
  const delays: number[] = [];
  let first = 0;
  const onResult = (id: string, weight: number): void => {
    if (weight === 0) first += 1;
    const at = committed.get(`${id} ${weight}`);
    if (at !== undefined) delays.push(performance.now() - at);
    committed.delete(`${id} ${weight}`);
  };
  const started = performance.now();
  const sockets = await Promise.all(
    Array.from({ length: SOCKETS }, (_, index) =>
      subscribe(
        server.port,
        ids.filter((_id, each) => each % SOCKETS === index),
        onResult,
      ),
    ),
  );
  while (first < SUBSCRIPTIONS) await new Promise((resolve) => setTimeout(resolve, 10));
  const tookToStart = performance.now() - started;

  const before = { own: processorTime(server.pid), postgres: postgresTime(postmaster) };
  const beginning = performance.now();
  const total = CHANGES_A_SECOND * SECONDS;
  for (let change = 0; change < total; change += 1) {
    const id = ids[(change * 7919) % ids.length] ?? '';
    await writer.query('UPDATE saaras_db.upstream SET upstream_weight = $2 WHERE upstream_id = $1', [id, change + 1]);
    committed.set(`${id} ${change + 1}`, performance.now());
    const ahead = ((change + 1) * 1000) / CHANGES_A_SECOND - (performance.now() - beginning);
    if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
  }
  const seconds = (performance.now() - beginning) / 1000;
  const cores = (processorTime(server.pid) - before.own) / seconds;
  const postgresCores = (postgresTime(postmaster) - before.postgres) / seconds;
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  for (const socket of sockets) socket.terminate();
  await writer.end();

  const [p50, p99] = [0.5, 0.99].map((share) => percentile(delays, share)) as [number, number];
  const isGood = committed.size === 0 && p99 <= BARS.p99 && cores <= BARS.cores;
  console.log(`\n${SUBSCRIPTIONS} live subscriptions of one query, ${CHANGES_A_SECOND} changes a second for ${SECONDS} s`);
  console.log(`  all subscribed and answered after ${tookToStart.toFixed(0)} ms`);
  console.log(
    `  ${delays.length} of ${total} changes delivered, p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms (bar ${BARS.p99})`,
  );
  console.log(
    `  ${cores.toFixed(2)} cores of its own (bar ${BARS.cores}), ${(memoryOf(server.pid).resident / 1e6).toFixed(0)} MB, Postgres ${postgresCores.toFixed(2)} cores: ${isGood ? 'met' : 'MISSED'}`,
  );
  return isGood;
}

interface Next {
  readonly type: string;
  readonly id: string;
  readonly payload: { readonly data: { readonly saaras_db_upstream_by_pk: { readonly upstream_weight: number } } };
}

function subscribe(port: number, ids: readonly string[], onResult: (id: string, weight: number) => void): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/graphql`, 'graphql-transport-ws');
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Next;
      if (message.type === 'next') onResult(message.id, message.payload.data.saaras_db_upstream_by_pk.upstream_weight);
      else if (message.type === 'error') reject(new Error(data.toString()));
      else if (message.type === 'connection_ack') {
        const start = (id: string) => ({ type: 'subscribe', id, payload: { query: QUERY, variables: { id } } });
        for (const id of ids) socket.send(JSON.stringify(start(id)));
        resolve(socket);
      }
    });
  });
}
