import type { ReceiptRow } from '../graphql';
import type { ChangeRecords } from './change-records';
import type { Fleet, Progress } from './fleet';
import type { OtherFleets } from './others';
import { waitSeconds } from './prefer';

/** What a writer is told of its change. */
export interface RolloutReport {
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined when the writer did not wait. */
  readonly outcome: Outcome | undefined;
}

export interface Outcome extends Progress {
  /** `live` on all clients that are connected, `rejected` by one of them, or still `pending` when the time was over. */
  readonly state: 'live' | 'rejected' | 'pending';
  /** The change counter, decimal. */
  readonly version: string;
}

export interface Rollout {
  /** The statement with which a transaction writes down what made it: the origin's text is its parameter. */
  readonly opening: string;
  /** The statement of one row that tells a transaction's own change, and the newest there is. */
  readonly sql: string;
  /** @param row what that statement gave at the end of the writer's transaction @param prefer the header of that name */
  report(row: ReceiptRow, prefer: string | readonly string[] | undefined): Promise<RolloutReport>;
}

/** The change log takes it from there, see db/0005_origin.sql. */
const OPENING = `SELECT set_config('enroute.origin', $1, true)`;

const LAST_CHANGE = `
  SELECT (SELECT max(seq)::text FROM gateway_private.change_log WHERE xid = pg_current_xact_id_if_assigned()),
         (SELECT greatest(max(log.seq), max(horizon.seq))::text
            FROM gateway_private.change_log_horizon AS horizon LEFT JOIN gateway_private.change_log AS log
                 ON log.seq = (SELECT max(seq) FROM gateway_private.change_log))`;

/** Says which change a write made, and, when it prefers to wait, how far that has come among the clients. */
export function createRollout(records: ChangeRecords, fleet: Fleet, others: OtherFleets): Rollout {
  async function outcomeOf(own: string | null, version: string, seconds: number): Promise<Outcome> {
    const signal = AbortSignal.timeout(seconds * 1000);
    const nothing = { envoys: 0, acknowledged: 0, rejected: [] };
    if (own === null) return { state: 'live', version, ...nothing };
    const record = await records.recordOf(own, signal);
    if (!record) return { state: 'pending', version, ...nothing };
    const [here, elsewhere] = await Promise.all([
      fleet.settled(record, signal),
      others.settled([...record.proxies.keys()], signal),
    ]);
    const progress = {
      envoys: here.envoys + elsewhere.envoys,
      acknowledged: here.acknowledged + elsewhere.acknowledged,
      rejected: [...here.rejected, ...elsewhere.rejected],
    };
    const isLive = progress.acknowledged === progress.envoys;
    return { state: progress.rejected.length > 0 ? 'rejected' : isLive ? 'live' : 'pending', version, ...progress };
  }

  return {
    opening: OPENING,
    sql: LAST_CHANGE,
    async report([own = null, newest], prefer) {
      const version = own ?? newest ?? '0';
      const seconds = waitSeconds(prefer);
      const headers = { 'X-Config-Version': version };
      if (seconds === undefined) return { headers, outcome: undefined };
      const outcome = await outcomeOf(own, version, seconds);
      return { headers: { ...headers, 'Preference-Applied': `wait=${seconds}` }, outcome };
    },
  };
}
