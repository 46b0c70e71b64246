import type { Column, Table } from '../model';
import { limitEncoder, offsetEncoder } from './encode';
import { enumValue, fieldTypes, listItems, windowParameter } from './input';
import type { OrderKey } from './order-by';
import { orderBy, orderForDistinct, orderKeys, primaryKeyOrder } from './order-by';
import type { Request } from './request';
import type { SelectedField } from './selection';
import { argumentsOf } from './selection';
import type { Sql } from './sql';
import { join, raw, relation, sql } from './sql';
import { condition, conjunction, isTrue } from './where';

/** The five arguments of a list, compiled for an alias. */
export interface RowArguments {
  readonly where: Sql;
  readonly distinct: readonly Column[];
  readonly order: readonly OrderKey[];
  readonly isOrderGiven: boolean;
  /** The order decides which rows there are. */
  readonly isCut: boolean;
  /** ` LIMIT $1 OFFSET $2`, or nothing. */
  readonly window: Sql;
}

/** Compiles `where`, `distinct_on`, `order_by`, `limit` and `offset`; `within` restricts the rows further (a parent's join). */
export function rowArguments(
  request: Request,
  table: Table,
  alias: Sql,
  field: SelectedField,
  within: Sql = raw('TRUE'),
): RowArguments {
  const types: Readonly<Record<string, string>> = {
    distinct_on: `[${table.name}_select_column!]`,
    limit: 'Int',
    offset: 'Int',
    order_by: `[${table.name}_order_by!]`,
    where: `${table.name}_bool_exp`,
  };
  const path = `${field.path}.args`;
  const given = argumentsOf(request, field, fieldTypes(types), Object.keys(types));
  const where = given.get('where');
  const orderInput = given.get('order_by');
  const distinctInput = given.get('distinct_on');
  const distinct = distinctInput ? [...new Set(selectColumns(request, table, distinctInput, `${path}.distinct_on`))] : [];
  const keys = orderInput ? orderKeys(request, table, alias, orderInput, `${path}.order_by`) : [];
  const limit = given.get('limit');
  const offset = given.get('offset');
  const limited = limit ? sql` LIMIT ${windowParameter(request, limit, limitEncoder, `${path}.limit`)}` : raw('');
  const skipped = offset ? sql` OFFSET ${windowParameter(request, offset, offsetEncoder, `${path}.offset`)}` : raw('');
  return {
    where: conjunction([within, ...(where ? [condition(request, table, alias, where, `${path}.where`)] : [])]),
    distinct,
    order: order(table, alias, distinct, keys, path),
    isOrderGiven: keys.length > 0,
    isCut: distinct.length > 0 || limit !== undefined || offset !== undefined,
    window: sql`${limited}${skipped}`,
  };
}

function order(table: Table, alias: Sql, distinct: readonly Column[], keys: readonly OrderKey[], path: string): OrderKey[] {
  const given = distinct.length > 0 ? orderForDistinct(distinct, keys, alias, path) : [...keys];
  return keys.length > 0 ? given : [...given, ...primaryKeyOrder(table, alias, distinct)];
}

/** The columns that a `T_select_column` or a list of them names. */
export function selectColumns(request: Request, table: Table, input: Parameters<typeof listItems>[1], path: string): Column[] {
  const typeName = `${table.name}_select_column`;
  const names = [...table.columns.keys()].sort();
  return listItems(request, input, `${typeName}!`, path).flatMap(
    (entry) => table.columns.get(enumValue(request, entry.item, typeName, names, entry.path)) ?? [],
  );
}

/** The rows that the arguments choose, with this select list. */
export function rowsOf(table: Table, alias: Sql, columns: Sql, { where, distinct, order, window }: RowArguments): Sql {
  const distinctOn = distinct.map((column) => sql`${alias}.${raw(column.sql)}`);
  const unique = distinct.length > 0 ? sql`DISTINCT ON (${join(distinctOn, ', ')}) ` : raw('');
  const filter = isTrue(where) ? raw('') : sql` WHERE ${where}`;
  return sql`SELECT ${unique}${columns} FROM ${relation(table)} AS ${alias}${filter}${orderBy(order)}${window}`;
}
