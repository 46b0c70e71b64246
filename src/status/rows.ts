import { hash } from 'node:crypto';

/** Rows of the tables in db/0003_status.sql, without instance and id, in their columns' names; times are ISO 8601. */
export interface EnvoyRow {
  readonly node: string;
  readonly proxy: string;
  readonly peer: string;
  readonly user_agent: string;
  readonly acknowledged_change: number | null;
  readonly connected_since: string;
  readonly last_error: string | null;
  readonly last_error_at: string | null;
  readonly reports_health: boolean;
}

export interface ObjectStatusRow {
  readonly kind: string;
  readonly name: string;
  readonly object: string;
  readonly proxy: string;
  readonly rejected_by: string;
  readonly resource: string | null;
  readonly reason: string;
  readonly since: string;
}

export interface UpstreamHealthRow {
  readonly node: string;
  readonly proxy: string;
  readonly cluster: string;
  readonly address: string;
  readonly port: number;
  readonly upstream_id: number | null;
  readonly health: string;
  readonly since: string;
}

/** An id of a fixed length for a row that is told from others by texts of any length. */
export function rowId(...parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts)).slice(0, 32);
}

/** Longer than anything that Envoy writes of one resource. */
const MAX_LENGTH = 4_000;

/** What others sent, as Postgres takes it: no NUL, no half of a surrogate pair, and not of any length. */
export function storable(text: string): string {
  const clipped = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  return clipped.replace(/[\0\p{Surrogate}]/gu, '\ufffd');
}
