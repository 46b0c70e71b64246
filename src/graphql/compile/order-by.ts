import { validationFailed } from '../errors';
import { aggregateFunctions, aggregateSql, ORDER_DIRECTIONS } from '../model';
import type { AggregateFunction, Column, Relationship, Table } from '../model';
import { operand } from './column';
import type { Input } from './input';
import { enumValue, isNull, listItems, objectFields } from './input';
import type { Request } from './request';
import type { Sql } from './sql';
import { join, raw, relation, sql } from './sql';
import { aggregatedRelationship, related } from './where';

/** One key of an ORDER BY. */
export interface OrderKey {
  readonly expression: Sql;
  readonly direction: string;
  /** The column of the table itself, when it is one. */
  readonly column: Column | undefined;
}

const DIRECTIONS = Object.keys(ORDER_DIRECTIONS);

/** The keys of an `order_by`, in the order of the document; keys with null are left out (contract 4). */
export function orderKeys(request: Request, table: Table, alias: Sql, input: Input, path: string): OrderKey[] {
  const items = listItems(request, input, `${table.name}_order_by!`, path);
  return items.flatMap(({ item, path: itemPath }) => rowKeys(request, table, alias, item, itemPath));
}

function rowKeys(request: Request, table: Table, alias: Sql, input: Input, path: string): OrderKey[] {
  const fields = objectFields(request, input, `${table.name}_order_by`, (name) => orderByType(table, name), path);
  return [...fields].flatMap(([name, value]) => {
    if (isNull(request, value)) return [];
    const keyPath = `${path}.${name}`;
    const column = table.columns.get(name);
    if (column)
      return [{ expression: sql`${alias}.${raw(column.sql)}`, direction: directionOf(request, value, keyPath), column }];
    const relationship = table.relationships.get(name);
    if (relationship) return relatedKeys(request, relationship, alias, value, keyPath);
    const aggregated = aggregatedRelationship(table, name);
    return aggregated ? aggregateKeys(request, aggregated, alias, value, keyPath) : [];
  });
}

function orderByType(table: Table, name: string): string | undefined {
  if (table.columns.has(name)) return 'order_by';
  const relationship = table.relationships.get(name);
  if (relationship) return relationship.kind === 'object' ? `${relationship.target.name}_order_by` : undefined;
  const aggregated = aggregatedRelationship(table, name);
  return aggregated && `${aggregated.target.name}_aggregate_order_by`;
}

function directionOf(request: Request, input: Input, path: string): string {
  return ORDER_DIRECTIONS[enumValue(request, input, 'order_by', DIRECTIONS, path)] ?? '';
}

/** Each key of the related row is a sub-select, so that a row without one sorts as NULL. */
function relatedKeys(request: Request, relationship: Relationship, alias: Sql, input: Input, path: string): OrderKey[] {
  const other = request.alias();
  return rowKeys(request, relationship.target, other, input, path).map(({ expression, direction }) => ({
    expression: sql`(SELECT ${expression} FROM ${relation(relationship.target)} AS ${other} WHERE ${related(relationship, alias, other)}${raw(relationship.unique ? '' : ' LIMIT 1')})`,
    direction,
    column: undefined,
  }));
}

function aggregateKeys(request: Request, relationship: Relationship, alias: Sql, input: Input, path: string): OrderKey[] {
  const { target } = relationship;
  const functions = aggregateFunctions(target);
  const types = (name: string): string | undefined => {
    if (name === 'count') return 'order_by';
    return functions.has(name as AggregateFunction) ? `${target.name}_${name}_order_by` : undefined;
  };
  const other = request.alias();
  const key = (expression: Sql, direction: string): OrderKey => ({
    expression: sql`(SELECT ${expression} FROM ${relation(target)} AS ${other} WHERE ${related(relationship, alias, other)})`,
    direction,
    column: undefined,
  });
  return [...objectFields(request, input, `${target.name}_aggregate_order_by`, types, path)].flatMap(([name, value]) => {
    const innerPath = `${path}.${name}`;
    if (name === 'count') {
      return isNull(request, value) ? [] : [key(raw('count(*)'), directionOf(request, value, innerPath))];
    }
    const columns = new Map((functions.get(name as AggregateFunction) ?? []).map((column) => [column.name, column]));
    const columnType = (each: string): string | undefined => (columns.has(each) ? 'order_by' : undefined);
    return [...objectFields(request, value, `${target.name}_${name}_order_by`, columnType, innerPath)].flatMap(
      ([columnName, direction]) => {
        const column = columns.get(columnName);
        if (!column || isNull(request, direction)) return [];
        return [
          key(
            sql`${raw(aggregateSql(name as AggregateFunction, column))}(${operand(other, column)})`,
            directionOf(request, direction, `${innerPath}.${columnName}`),
          ),
        ];
      },
    );
  });
}

/** The keys with the `distinct_on` columns in front, which must lead the given order as a set. */
export function orderForDistinct(distinct: readonly Column[], keys: readonly OrderKey[], alias: Sql, path: string): OrderKey[] {
  if (keys.length === 0)
    return distinct.map((column) => ({ expression: sql`${alias}.${raw(column.sql)}`, direction: 'ASC NULLS LAST', column }));
  const leading = new Set(keys.slice(0, distinct.length).map(({ column }) => column));
  if (distinct.every((column) => leading.has(column))) return [...keys];
  throw validationFailed(path, '"distinct_on" columns must match initial "order_by" columns');
}

/** Rows without an explicit order come by primary key. */
export function primaryKeyOrder(table: Table, alias: Sql, without: readonly (Column | undefined)[] = []): OrderKey[] {
  const rest = table.primaryKey.filter((column) => !without.includes(column));
  return rest.map((column) => ({ expression: sql`${alias}.${raw(column.sql)}`, direction: '', column }));
}

export function orderBy(keys: readonly OrderKey[]): Sql {
  if (keys.length === 0) return raw('');
  const pieces = keys.map(({ expression, direction }) => (direction ? sql`${expression} ${raw(direction)}` : expression));
  return sql` ORDER BY ${join(pieces, ', ')}`;
}
