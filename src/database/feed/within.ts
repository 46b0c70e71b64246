import type pg from 'pg';

/** A query that fails when there is no answer after so many milliseconds; the driver's types do not know of that. */
export function within(milliseconds: number | undefined, query: pg.QueryConfig): pg.QueryConfig {
  return milliseconds === undefined ? query : Object.assign(query, { query_timeout: milliseconds });
}
