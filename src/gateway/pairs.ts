import type { Pool } from 'pg';
import type { TlsPair } from './model';

/** The key and certificate of each secret that were last usable together; shared by all instances, kept across restarts. */
export interface PairStore {
  /** Of these secrets, or of all. */
  load(secretIds?: readonly number[]): Promise<ReadonlyMap<number, TlsPair>>;
  save(pairs: ReadonlyMap<number, TlsPair>): Promise<void>;
  remove(secretIds: readonly number[]): Promise<void>;
}

/** In `gateway_private.last_good_pair`; what the database reports is thrown. */
export function createPairStore(pool: Pick<Pool, 'query'>): PairStore {
  return {
    async load(secretIds) {
      const { rows } = await pool.query<{ secret_id: string; certificate: string; private_key: string }>(
        `SELECT secret_id, certificate, private_key FROM gateway_private.last_good_pair
          WHERE $1::bigint[] IS NULL OR secret_id = ANY ($1::bigint[])`,
        [secretIds ?? null],
      );
      return new Map(rows.map((row) => [Number(row.secret_id), { certificate: row.certificate, privateKey: row.private_key }]));
    },

    async save(pairs) {
      if (pairs.size === 0) return;
      const values = [...pairs.values()];
      await pool.query(
        `INSERT INTO gateway_private.last_good_pair AS stored (secret_id, certificate, private_key)
         SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[])
         ON CONFLICT (secret_id) DO UPDATE
            SET certificate = excluded.certificate, private_key = excluded.private_key, saved_at = now()
          WHERE (stored.certificate, stored.private_key) IS DISTINCT FROM (excluded.certificate, excluded.private_key)`,
        [[...pairs.keys()], values.map((pair) => pair.certificate), values.map((pair) => pair.privateKey)],
      );
    },

    async remove(secretIds) {
      if (secretIds.length === 0) return;
      await pool.query('DELETE FROM gateway_private.last_good_pair WHERE secret_id = ANY ($1::bigint[])', [secretIds]);
    },
  };
}
