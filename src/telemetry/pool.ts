import type { Pool } from 'pg';
import type { Registry } from 'prom-client';
import { Gauge } from 'prom-client';

/** What is read of a pool, at each scrape; 0 while there is none. */
const READINGS: Readonly<Record<string, (pool: Pool) => number>> = {
  open: ({ totalCount }) => totalCount,
  idle: ({ idleCount }) => idleCount,
  max: ({ options }) => options.max,
};

/** How the connections to Postgres are used. */
export function observePool(registry: Registry, poolNow: () => Pool | undefined): void {
  new Gauge({
    name: 'enroute_database_connections',
    help: 'Connections to Postgres: open ones, those of them that are idle, and how many there may be.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const pool = poolNow();
      for (const [state, read] of Object.entries(READINGS)) this.set({ state }, pool ? read(pool) : 0);
    },
  });
  new Gauge({
    name: 'enroute_database_waiting_requests',
    help: 'Requests that wait for a connection to Postgres.',
    registers: [registry],
    collect() {
      this.set(poolNow()?.waitingCount ?? 0);
    },
  });
}
