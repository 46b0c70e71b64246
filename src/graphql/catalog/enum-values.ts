import type pg from 'pg';
import type { CatalogRelation } from './catalog';
import { quoteIdentifier } from './identifier';

/**
 * The rows of a table of two columns at most, as Hasura reads an enum table: the key's values with the other column as
 * their description, by value.
 */
export async function readEnumValues(
  pool: pg.Pool,
  { schema, name, columns, keys }: CatalogRelation,
): Promise<Map<string, string | null>> {
  const key = keys.find(({ primary }) => primary)?.columns[0] ?? '';
  const comment = columns.find((column) => column.name !== key)?.name;
  const [value, description] = [key, comment].map((column) =>
    column === undefined ? 'NULL' : `${quoteIdentifier(column)}::text`,
  );
  const statement = `SELECT ${value} AS value, ${description} AS description FROM ${quoteIdentifier(schema)}.${quoteIdentifier(name)} ORDER BY ${value} COLLATE "C"`;
  const { rows } = await pool.query<{ value: string; description: string | null }>(statement);
  return new Map(rows.map((row) => [row.value, row.description]));
}
