import { aggregateFunctions, aggregateSql } from '../model';
import type { AggregateFunction, Column, Table } from '../model';
import { operand } from './column';
import { booleanValue, fieldTypes } from './input';
import type { JsonField } from './json';
import { jsonObject, objectColumns, objectJson, typeNameField } from './json';
import type { Request } from './request';
import { asText, rowFields } from './row';
import { rowArguments, rowsOf, selectColumns } from './rows';
import type { SelectedField } from './selection';
import { argumentsOf, collect, expectLeaf, expectNoArguments, fieldNotFound, selectionSetsOf } from './selection';
import { identifier, join, raw, sql } from './sql';
import type { Sql } from './sql';

const AGGREGATED = identifier('$aggregated');
const BASE = identifier('$base');

/** The expressions that are computed over the chosen rows, and the columns of them that are needed. */
class Computation {
  readonly outputs: Sql[] = [];
  /** Which outputs are lists of nodes. */
  readonly nodes = new Set<number>();
  /** A DISTINCT in an aggregate sorts the rows for all aggregates beside it. */
  sortsAnew = false;
  readonly #inputs = new Map<string, { readonly name: Sql; readonly expression: Sql }>();

  /** An aggregate expression, read as a column of the one aggregated row. */
  output(expression: Sql): Sql {
    this.outputs.push(expression);
    return sql`${AGGREGATED}.${identifier(`a${this.outputs.length - 1}`)}`;
  }

  /** An expression on each chosen row; those of one key are one. They are numbered, since Postgres cuts long names. */
  input(key: string, expression: Sql): Sql {
    const { name } = this.#inputs.get(key) ?? { name: identifier(`i${this.#inputs.size}`) };
    this.#inputs.set(key, { name, expression });
    return sql`${BASE}.${name}`;
  }

  inputs(): Sql {
    if (this.#inputs.size === 0) return raw('1');
    return join(
      [...this.#inputs.values()].map(({ name, expression }) => sql`${expression} AS ${name}`),
      ', ',
    );
  }
}

/** `T_aggregate` as a statement: all arguments apply to the rows before they are aggregated (contract 5). */
export function aggregateJson(request: Request, table: Table, field: SelectedField, within?: (alias: Sql) => Sql): Sql {
  const alias = request.alias();
  const typeName = `${table.name}_aggregate`;
  const computation = new Computation();
  const selected = collect(request, selectionSetsOf(field, typeName), typeName, `${field.path}.selectionSet`);
  const fields = selected.map((each): JsonField => {
    if (each.name === '__typename') return typeNameOf(each, typeName);
    expectNoArguments(each);
    if (each.name === 'aggregate')
      return { key: each.key, value: jsonObject(aggregateFields(request, table, alias, each, computation)) };
    if (each.name === 'nodes') return { key: each.key, value: nodes(request, table, alias, each, computation) };
    throw fieldNotFound(each, typeName);
  });
  const args = rowArguments(request, table, alias, field, within?.(alias));
  const showsOrder = args.isOrderGiven || args.isCut || selected.some(({ name }) => name === 'nodes');
  const rows = rowsOf(table, alias, computation.inputs(), showsOrder ? args : { ...args, order: [] });
  return objectJson(fields, sql`SELECT ${objectColumns(fields)} FROM (${aggregated(computation, rows)}) AS ${AGGREGATED}`);
}

/** The one row of aggregates; the nodes are aggregated apart when they would lose their order. */
function aggregated(computation: Computation, rows: Sql): Sql {
  if (computation.outputs.length === 0) return sql`SELECT`;
  const apart = computation.sortsAnew && computation.nodes.size > 0;
  const outputs = computation.outputs.map((expression, index) => {
    const output = apart && computation.nodes.has(index) ? sql`(SELECT ${expression} FROM ${BASE})` : expression;
    return sql`${output} AS ${identifier(`a${index}`)}`;
  });
  const list = join(outputs, ', ');
  return apart ? sql`WITH ${BASE} AS (${rows}) SELECT ${list} FROM ${BASE}` : sql`SELECT ${list} FROM (${rows}) AS ${BASE}`;
}

function nodes(request: Request, table: Table, alias: Sql, field: SelectedField, computation: Computation): Sql {
  computation.nodes.add(computation.outputs.length);
  const node = computation.input(`n${computation.outputs.length}`, jsonObject(rowFields(request, table, alias, field)));
  return computation.output(sql`coalesce(json_agg(${node}), '[]'::json)`);
}

function aggregateFields(
  request: Request,
  table: Table,
  alias: Sql,
  field: SelectedField,
  computation: Computation,
): JsonField[] {
  const typeName = `${table.name}_aggregate_fields`;
  const functions = aggregateFunctions(table);
  return collect(request, selectionSetsOf(field, typeName), typeName, `${field.path}.selectionSet`).map((each) => {
    if (each.name === '__typename') return typeNameOf(each, typeName);
    if (each.name === 'count') return { key: each.key, value: count(request, table, alias, each, computation) };
    const columns = functions.get(each.name as AggregateFunction);
    if (!columns) throw fieldNotFound(each, typeName);
    expectNoArguments(each);
    return { key: each.key, value: jsonObject(columnAggregates(request, table, columns, alias, each, computation)) };
  });
}

function count(request: Request, table: Table, alias: Sql, field: SelectedField, computation: Computation): Sql {
  expectLeaf(field, true);
  const types: Readonly<Record<string, string>> = { columns: `[${table.name}_select_column!]`, distinct: 'Boolean' };
  const args = argumentsOf(request, field, fieldTypes(types));
  const columns = args.get('columns');
  const distinct = args.get('distinct');
  const chosen = columns ? selectColumns(request, table, columns, `${field.path}.args.columns`) : [];
  const counted = chosen.map((column) => columnInput(column, alias, computation));
  const unique = distinct && booleanValue(request, distinct, `${field.path}.args.distinct`) && counted.length > 0;
  const argument = counted.length === 0 ? raw('*') : counted.length === 1 ? join(counted, '') : sql`(${join(counted, ', ')})`;
  computation.sortsAnew ||= unique === true;
  return computation.output(sql`count(${raw(unique ? 'DISTINCT ' : '')}${argument})`);
}

function columnAggregates(
  request: Request,
  table: Table,
  columns: readonly Column[],
  alias: Sql,
  field: SelectedField,
  computation: Computation,
): JsonField[] {
  const typeName = `${table.name}_${field.name}_fields`;
  const byName = new Map(columns.map((column) => [column.name, column]));
  return collect(request, selectionSetsOf(field, typeName), typeName, `${field.path}.selectionSet`).map((each) => {
    if (each.name === '__typename') return typeNameOf(each, typeName);
    const column = byName.get(each.name);
    if (!column) throw fieldNotFound(each, typeName);
    expectLeaf(each);
    return {
      key: each.key,
      value: computation.output(aggregate(field.name as AggregateFunction, column, alias, computation)),
    };
  });
}

function typeNameOf(field: SelectedField, typeName: string): JsonField {
  expectLeaf(field);
  return typeNameField(field.key, typeName);
}

function aggregate(name: AggregateFunction, column: Column, alias: Sql, computation: Computation): Sql {
  const value = sql`${raw(aggregateSql(name, column))}(${columnInput(column, alias, computation)})`;
  return asText(column, value);
}

function columnInput(column: Column, alias: Sql, computation: Computation): Sql {
  return computation.input(`c.${column.name}`, operand(alias, column));
}
