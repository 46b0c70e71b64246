import type { Rejection } from '../xds';
import type { StatusPool } from './writer';

/** More than these are not remembered; a client then rejects them once more. */
const MOST = 10_000;

/** What clients rejected, kept across restarts and shared by all instances, in gateway_private.rejected_content. */
export interface RejectionStore {
  load(): Promise<readonly Rejection[]>;
  save(rejection: Rejection): Promise<void>;
}

export function createRejectionStore(pool: StatusPool): RejectionStore {
  return {
    load: async () => {
      const { rows } = await pool.query(
        `SELECT client, kind, content, reason FROM gateway_private.rejected_content ORDER BY at DESC LIMIT ${MOST}`,
        [],
      );
      return rows as unknown as readonly Rejection[];
    },
    save: async ({ client, kind, content, reason }) => {
      await pool.query(
        `INSERT INTO gateway_private.rejected_content (client, kind, content, reason) VALUES ($1, $2, $3, $4)
         ON CONFLICT (client, kind, content) DO UPDATE SET reason = excluded.reason, at = now()`,
        [client, kind, content, reason],
      );
    },
  };
}
