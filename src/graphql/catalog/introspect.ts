import type pg from 'pg';
import type { Catalog, CatalogRelation, CatalogType } from './catalog';

/**
 * One statement, one row: relations (tables, views, foreign tables; a partition is part of its parent) and types, as JSON.
 * It reads no column of the catalog that Postgres 13 does not have.
 */
const STATEMENT = `
WITH RECURSIVE relation AS (
  SELECT c.oid, n.nspname, c.relname, c.relkind, pg_relation_is_updatable(c.oid, true) AS writable,
    -- A trigger or rule takes what is written to a view, whatever column it is for.
    c.relkind = 'v' AND (EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND g.tgtype & 64 > 0)
      OR EXISTS (SELECT FROM pg_rewrite w WHERE w.ev_class = c.oid AND w.is_instead AND w.ev_type <> '1')) AS redirected
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = ANY ($1::text[]) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
), unchecked AS MATERIALIZED (
  -- Columns that are NOT NULL for new rows only, which Postgres has since version 18.
  SELECT k.conrelid, k.conkey[1] AS attnum FROM pg_constraint k WHERE k.contype = 'n' AND NOT k.convalidated
), used_type(oid) AS (
  SELECT a.atttypid FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  UNION
  SELECT related.oid FROM used_type u JOIN pg_type t ON t.oid = u.oid
    CROSS JOIN LATERAL (VALUES (t.typelem), (t.typbasetype)) AS related(oid) WHERE related.oid <> 0
)
SELECT json_build_object(
  'relations', (SELECT coalesce(json_agg(json_build_object(
    'oid', r.oid::int8, 'schema', r.nspname, 'name', r.relname, 'comment', obj_description(r.oid, 'pg_class'),
    'insertable', r.writable & 8 > 0, 'updatable', r.writable & 4 > 0, 'deletable', r.writable & 16 > 0,
    'columns', (SELECT coalesce(json_agg(json_build_object(
        'name', a.attname, 'type', a.atttypid::int8, 'notNull', t.typnotnull OR (a.attnotnull
          AND NOT EXISTS (SELECT FROM unchecked u WHERE u.conrelid = r.oid AND u.attnum = a.attnum)),
        'readOnly', a.attgenerated <> '' OR a.attidentity = 'a'
          OR (r.relkind = 'v' AND NOT r.redirected AND NOT pg_column_is_updatable(r.oid, a.attnum, true)),
        'comment', col_description(r.oid, a.attnum)) ORDER BY a.attnum), '[]')
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped),
    'keys', (SELECT coalesce(json_agg(json_build_object(
        'name', k.conname, 'primary', k.contype = 'p', 'deferrable', k.condeferrable, 'columns', (
          SELECT json_agg(a.attname ORDER BY u.position) FROM unnest(k.conkey) WITH ORDINALITY AS u(attnum, position)
          JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = u.attnum)) ORDER BY k.contype <> 'p', k.conname), '[]')
      FROM pg_constraint k WHERE k.conrelid = r.oid AND k.contype IN ('p', 'u')),
    'foreignKeys', (SELECT coalesce(json_agg(json_build_object(
        'name', k.conname, 'target', k.confrelid::int8,
        -- One that is NOT ENFORCED is never valid.
        'valid', k.convalidated,
        'columns', (SELECT json_agg(a.attname ORDER BY u.position) FROM unnest(k.conkey) WITH ORDINALITY AS u(attnum, position)
          JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = u.attnum),
        'targetColumns', (SELECT json_agg(a.attname ORDER BY u.position) FROM unnest(k.confkey) WITH ORDINALITY AS u(attnum, position)
          JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum)) ORDER BY k.conname), '[]')
      FROM pg_constraint k WHERE k.conrelid = r.oid AND k.contype = 'f' AND k.conparentid = 0
        -- A key by PERIOD, which Postgres has since version 18, says that several rows together match.
        AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indexrelid = k.conindid AND i.indisexclusion)),
    'partitions', CASE r.relkind WHEN 'p' THEN (SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'name', c.relname)), '[]')
      FROM pg_partition_tree(r.oid) p JOIN pg_class c ON c.oid = p.relid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE p.isleaf AND p.level > 0) ELSE '[]' END
  ) ORDER BY r.nspname, r.relname), '[]') FROM relation r),
  'types', (SELECT coalesce(json_agg(json_build_object(
    'oid', t.oid::int8, 'schema', n.nspname, 'name', t.typname, 'kind', t.typtype,
    'element', CASE WHEN t.typcategory = 'A' AND t.typelem <> 0 THEN t.typelem::int8 END,
    'base', CASE WHEN t.typbasetype <> 0 THEN t.typbasetype::int8 END, 'delimiter', t.typdelim,
    'operators', CASE WHEN t.typtype = 'b' AND n.nspname <> 'pg_catalog' THEN ARRAY(
      SELECT DISTINCT o.oprname FROM pg_operator o WHERE o.oprleft = t.oid AND o.oprnamespace = n.oid) ELSE '{}' END,
    'aggregates', CASE WHEN t.typtype = 'b' AND n.nspname <> 'pg_catalog' THEN ARRAY(
      SELECT p.proname FROM pg_proc p WHERE p.prokind = 'a' AND p.pronargs = 1 AND p.proargtypes[0] = t.oid AND p.pronamespace = n.oid)
      ELSE '{}' END)), '[]')
    FROM used_type u JOIN pg_type t ON t.oid = u.oid JOIN pg_namespace n ON n.oid = t.typnamespace)
) AS catalog`;

/** Reads the catalog of these Postgres schemas; a schema that does not exist adds nothing. */
export async function introspect(pool: pg.Pool, schemas: readonly string[]): Promise<Catalog> {
  const result = await pool.query<{ catalog: { relations: CatalogRelation[]; types: CatalogType[] } }>(STATEMENT, [schemas]);
  const row = result.rows[0];
  if (!row) throw new Error('Postgres answered the catalog statement without a row');
  const { relations, types } = row.catalog;
  return { relations, types: new Map(types.map((type) => [type.oid, type])) };
}
