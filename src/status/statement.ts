/** A table of gateway_private that instances write rows of: its columns beside instance and id, with their types. */
interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, string>>;
}

const TABLES: readonly Table[] = [
  {
    name: 'envoy',
    columns: {
      node: 'text',
      proxy: 'text',
      peer: 'text',
      user_agent: 'text',
      acknowledged_change: 'bigint',
      connected_since: 'timestamptz',
      last_error: 'text',
      last_error_at: 'timestamptz',
      reports_health: 'boolean',
    },
  },
  {
    name: 'object_status',
    columns: {
      kind: 'text',
      name: 'text',
      object: 'text',
      proxy: 'text',
      rejected_by: 'text',
      resource: 'text',
      reason: 'text',
      since: 'timestamptz',
    },
  },
  {
    name: 'upstream_health',
    columns: {
      node: 'text',
      proxy: 'text',
      cluster: 'text',
      address: 'text',
      port: 'integer',
      upstream_id: 'bigint',
      health: 'text',
      since: 'timestamptz',
    },
  },
];

/**
 * Writes all that changed, as one statement: $1 is the instance, then for envoy, object_status and upstream_health a JSON array
 * of rows to put and an array of ids that are gone. It says that the instance is there, and deletes those that were not seen for
 * 30 s, with their rows.
 * Answers one row: `is_new`, whether the instance's own row was not there, which means that none of its rows was.
 */
export const WRITE = `
WITH me AS (
  INSERT INTO gateway_private.instance AS i (instance, seen_at) VALUES ($1, now())
  ON CONFLICT (instance) DO UPDATE SET seen_at = now() RETURNING i.xmax = 0 AS is_new
), dead AS (
  DELETE FROM gateway_private.instance WHERE instance IN (
    SELECT instance FROM gateway_private.instance
     WHERE instance <> $1 AND seen_at < now() - interval '30 seconds' FOR UPDATE SKIP LOCKED)
)${TABLES.map(writes).join('')}
SELECT is_new FROM me`;

/** The instance stops: its rows go with it. */
export const LEAVE = 'DELETE FROM gateway_private.instance WHERE instance = $1';

function writes({ name, columns }: Table, index: number): string {
  const names = Object.keys(columns);
  const types = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
  return `, gone_${name} AS (
  DELETE FROM gateway_private.${name} WHERE instance = $1 AND id = ANY ($${2 * index + 3}::text[])
), put_${name} AS (
  INSERT INTO gateway_private.${name} (instance, id, ${names.join(', ')})
  SELECT $1, id, ${names.join(', ')} FROM json_to_recordset($${2 * index + 2}::json) AS given (id text, ${types.join(', ')})
  ON CONFLICT (instance, id) DO UPDATE SET ${names.map((column) => `${column} = excluded.${column}`).join(', ')}
)`;
}
