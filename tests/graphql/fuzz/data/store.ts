import { escapeIdentifier, escapeLiteral } from 'pg';
import type pg from 'pg';
import { ddl, sequenceName, sqlName, sqlType } from '../schema/ddl';
import { FIRST_OF_SEQUENCE } from '../schema/model';
import type { ColumnModel, SchemaModel, TableModel } from '../schema/model';
import { parseJson } from './json';
import { normalize } from './jsonb';
import type { Row, State } from './rows';
import { cellAt, rowsIn } from './rows';
import { cellOf, Jsonb, textOf } from './types';
import type { Cell } from './types';

/** The tables of a schema in a database, which can be put back and read. */
export class Store {
  readonly #reset: string;

  constructor(
    private readonly pool: pg.Pool,
    private readonly schema: SchemaModel,
    rows: State,
  ) {
    this.#reset = resetStatements(schema, rows);
  }

  async create(): Promise<void> {
    await this.pool.query(ddl(this.schema));
    await this.reset();
  }

  /** Puts the rows and the sequences back as they were. */
  async reset(): Promise<void> {
    await this.pool.query(this.#reset);
  }

  /** Every row, each cell read from Postgres' own JSON of it. */
  async read(): Promise<State> {
    const { tables } = this.schema;
    const results = (await this.pool.query<string[]>({
      text: tables.map((table) => select(this.schema, table)).join(';\n'),
      rowMode: 'array',
    })) as unknown as pg.QueryResult<(string | null)[]>[];
    return new Map(tables.map((table, index) => [table, [results].flat()[index]?.rows.map((row) => rowOf(table, row)) ?? []]));
  }

  async drop(): Promise<void> {
    await this.pool.query(`DROP SCHEMA ${escapeIdentifier(this.schema.schema)} CASCADE`);
  }
}

function select(schema: SchemaModel, table: TableModel): string {
  const cells = table.columns.map(({ sql }) => `to_json(${escapeIdentifier(sql)})::text`);
  return `SELECT ${cells.join(', ')} FROM ${sqlName(schema, table)}`;
}

function rowOf(table: TableModel, texts: readonly (string | null)[]): Row {
  return new Map(
    table.columns.map((column, index) => {
      const text = texts[index] ?? null;
      return [column, text === null ? null : jsonCell(column, text)];
    }),
  );
}

/** SQL's NULL has no text, so that the text `null` is JSON's. */
function jsonCell({ type }: ColumnModel, text: string): Cell {
  const value = parseJson(text);
  return type === 'jsonb' ? new Jsonb(normalize(value)) : cellOf(type, value);
}

/** One text of statements; the order of constraints does not matter to a replica. */
function resetStatements(schema: SchemaModel, rows: State): string {
  return [
    'BEGIN',
    `SET LOCAL session_replication_role = 'replica'`,
    ...schema.tables.map((table) => `DELETE FROM ${sqlName(schema, table)}`),
    ...schema.tables.flatMap((table) => insert(schema, table, rowsIn(rows, table))),
    ...schema.tables.flatMap((table) =>
      table.columns
        .filter(({ fallback }) => fallback?.kind === 'sequence')
        .map((column) => `ALTER SEQUENCE ${sequenceName(schema, table, column)} RESTART WITH ${FIRST_OF_SEQUENCE}`),
    ),
    'COMMIT',
  ].join(';\n');
}

function insert(schema: SchemaModel, table: TableModel, rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const values = rows.map((row) => {
    const cells = table.columns.map((column) => {
      const text = textOf(column.type, cellAt(row, column));
      return text === null ? 'NULL' : `${escapeLiteral(text)}::${sqlType(column.type, schema.schema)}`;
    });
    return `(${cells.join(', ')})`;
  });
  return [`INSERT INTO ${sqlName(schema, table)} VALUES ${values.join(', ')}`];
}
