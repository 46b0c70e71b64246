import { request } from 'node:http';
import type pg from 'pg';
import type { Server } from './processes';
import { memoryOf } from './processes';

const ROWS = 50_000;
const BARS = { bytes: 50e6, extra: 50e6 };

export async function fillLarge(pool: pg.Pool): Promise<void> {
  await pool.query(`
    CREATE SCHEMA bench;
    CREATE TABLE bench.big (id integer PRIMARY KEY, text text NOT NULL);
    INSERT INTO bench.big SELECT n, repeat(md5(n::text), 32) FROM generate_series(1, ${ROWS}) n;
    ANALYZE bench.big;
  `);
}

/** An answer of 50 MB: what it costs in memory, and when its first byte comes. */
export async function large(server: Server): Promise<boolean> {
  const query = '{ bench_big(order_by: {id: asc}) { id text } }';
  const small = '{ bench_big(limit: 1) { id text } }';
  for (let warm = 0; warm < 20; warm += 1) await ask(server.port, small);
  const before = memoryOf(server.pid).resident;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, memoryOf(server.pid).resident)), 2);
  const { bytes, firstByte, end } = await ask(server.port, query);
  clearInterval(watch);
  const extra = most - before;
  const isGood = bytes >= BARS.bytes && extra <= BARS.extra && firstByte < end / 2;
  console.log(`\nan answer of ${(bytes / 1e6).toFixed(1)} MB`);
  console.log(
    `  ${(extra / 1e6).toFixed(1)} MB extra (bar ${BARS.extra / 1e6}), first byte after ${firstByte.toFixed(0)} ms of ${end.toFixed(0)} ms: ${isGood ? 'met' : 'MISSED'}`,
  );
  return isGood;
}

function ask(port: number, query: string): Promise<{ bytes: number; firstByte: number; end: number }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const asked = request({ port, path: '/v1/graphql', method: 'POST' }, (response) => {
      let bytes = 0;
      let firstByte = 0;
      response.on('data', (chunk: Buffer) => {
        firstByte ||= performance.now() - started;
        bytes += chunk.length;
      });
      response.on('end', () => resolve({ bytes, firstByte, end: performance.now() - started }));
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(JSON.stringify({ query }));
  });
}
