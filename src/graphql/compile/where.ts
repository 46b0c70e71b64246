import { validationFailed } from '../errors';
import { comparisonOperators, scalarColumn, STRING_SCALAR } from '../model';
import type { ColumnType, ComparisonOperator, Relationship, Table } from '../model';
import { aggregatePredicate } from './aggregate-predicate';
import { equalityOf, operand } from './column';
import type { Input } from './input';
import { booleanValue, columnParameter, isNull, listItems, listParameter, objectFields } from './input';
import type { Request } from './request';
import type { Sql } from './sql';
import { join, raw, relation, sql } from './sql';

/** A `T_bool_exp` as a condition on the row under an alias (contract 3). */
export function condition(request: Request, table: Table, alias: Sql, input: Input, path: string): Sql {
  const typeName = `${table.name}_bool_exp`;
  const fields = objectFields(request, input, typeName, (name) => boolExpType(table, name), path);
  const parts = [...fields].map(([name, value]) => part(request, table, alias, name, value, `${path}.${name}`));
  return conjunction(parts);
}

export function conjunction(all: readonly Sql[]): Sql {
  const parts = all.filter((part) => !isTrue(part));
  const [first] = parts;
  if (!first) return raw('TRUE');
  return parts.length === 1 ? first : join(parts, ' AND ', true);
}

function disjunction(parts: readonly Sql[]): Sql {
  const [first] = parts;
  if (!first) return raw('FALSE');
  return parts.length === 1 ? first : sql`(${join(parts.map(atom), ' OR ')})`;
}

/** A condition that may stand beside OR. */
function atom(part: Sql): Sql {
  return part.isConjunction ? sql`(${part})` : part;
}

function boolExpType(table: Table, name: string): string | undefined {
  if (name === '_and' || name === '_or') return `[${table.name}_bool_exp!]`;
  if (name === '_not') return `${table.name}_bool_exp`;
  const column = table.columns.get(name);
  if (column) return column.type.comparison;
  const relationship = table.relationships.get(name);
  if (relationship) return `${relationship.target.name}_bool_exp`;
  const aggregated = aggregatedRelationship(table, name);
  return aggregated && `${aggregated.target.name}_aggregate_bool_exp`;
}

/** The array relationship `r` of a field `r_aggregate`. */
export function aggregatedRelationship(table: Table, name: string): Relationship | undefined {
  if (!name.endsWith('_aggregate')) return undefined;
  const relationship = table.relationships.get(name.slice(0, -'_aggregate'.length));
  return relationship?.kind === 'array' ? relationship : undefined;
}

function part(request: Request, table: Table, alias: Sql, name: string, value: Input, path: string): Sql {
  if (name === '_and' || name === '_or') {
    const items = listItems(request, value, `${table.name}_bool_exp!`, path).map((entry) =>
      condition(request, table, alias, entry.item, entry.path),
    );
    return name === '_and' ? conjunction(items) : disjunction(items);
  }
  if (name === '_not') return sql`NOT (${condition(request, table, alias, value, path)})`;
  const column = table.columns.get(name);
  if (column) return comparison(request, column.type, operand(alias, column), value, path);
  const relationship = table.relationships.get(name);
  if (relationship) {
    const other = request.alias();
    const inner = condition(request, relationship.target, other, value, path);
    return sql`EXISTS (SELECT 1 FROM ${relation(relationship.target)} AS ${other} WHERE ${related(relationship, alias, other)}${also(inner)})`;
  }
  const aggregated = aggregatedRelationship(table, name);
  if (aggregated) return aggregatePredicate(request, aggregated, alias, value, path);
  throw new Error(`bool_exp field ${name} was let through without a meaning`);
}

/** `AND condition`, or nothing when it is always true. */
export function also(extra: Sql): Sql {
  return isTrue(extra) ? raw('') : sql` AND ${extra}`;
}

export function isTrue(condition: Sql): boolean {
  return condition.only === 'TRUE';
}

/** The join of a relationship: the row under `alias` to the target's under `other`. */
export function related(relationship: Relationship, alias: Sql, other: Sql): Sql {
  const pairs = relationship.mapping.map(
    ([from, to]) => sql`${operand(other, to)} ${equalityOf(from, to)} ${operand(alias, from)}`,
  );
  return join(pairs, ' AND ');
}

/** A `<S>_comparison_exp` on an SQL expression. */
export function comparison(request: Request, type: ColumnType, expression: Sql, input: Input, path: string): Sql {
  const operators = comparisonOperators(type);
  const fields = objectFields(request, input, type.comparison, (name) => operandType(operators.get(name)), path);
  const parts = [...fields].map(([name, value]) => {
    const operator = operators.get(name);
    if (!operator) throw new Error(`comparison operator ${name} was let through without a meaning`);
    return compare(request, operator, expression, value, `${path}.${name}`);
  });
  return conjunction(parts);
}

function operandType(operator: ComparisonOperator | undefined): string | undefined {
  if (!operator) return undefined;
  const { operand } = operator;
  if (operand.kind === 'isNull') return 'Boolean';
  if (operand.kind === 'cast') return 'jsonb_cast_exp';
  return operand.kind === 'list' ? `[${operand.type.name}!]` : operand.type.name;
}

function compare(
  request: Request,
  { operand: takes, sql: operator, through }: ComparisonOperator,
  expression: Sql,
  input: Input,
  path: string,
): Sql {
  if (request.nullCollapse && isNull(request, input)) return raw('TRUE');
  switch (takes.kind) {
    case 'isNull':
      return booleanValue(request, input, path) ? sql`${expression} IS NULL` : sql`${expression} IS NOT NULL`;
    case 'cast':
      return castComparison(request, expression, input, path);
    case 'value': {
      const value = columnParameter(request, input, takes.type, path, false);
      return sql`${expression} ${raw(operator)} ${through ? sql`${raw(through)}(${value})` : value}`;
    }
    case 'list':
      return listComparison(request, takes.type, operator, expression, input, path);
  }
}

function listComparison(request: Request, type: ColumnType, operator: string, expression: Sql, input: Input, path: string): Sql {
  if (!type.isArray) {
    const values = listParameter(request, input, type, path);
    return operator.startsWith('?')
      ? sql`${expression} ${raw(operator)} ${values}`
      : sql`${expression} ${raw(operator)} (${values})`;
  }
  // Postgres' arrays of arrays are matrices, so a list of arrays is compared one by one.
  const items = listItems(request, input, `${type.name}!`, path).map(({ item, path: itemPath }) =>
    columnParameter(request, item, type, itemPath, false),
  );
  const positive = operator === '= ANY';
  const parts = items.map((item) => (positive ? sql`${expression} = ${item}` : sql`${expression} <> ${item}`));
  return positive ? disjunction(parts) : conjunction(parts);
}

function castComparison(request: Request, expression: Sql, input: Input, path: string): Sql {
  const string = scalarColumn(STRING_SCALAR);
  const types = (name: string): string | undefined => (name === 'String' ? string.comparison : undefined);
  const fields = objectFields(request, input, 'jsonb_cast_exp', types, path);
  const text = fields.get('String');
  return text ? comparison(request, string, sql`(${expression})::text`, text, `${path}.String`) : raw('TRUE');
}

/** A `where` argument that must be there: null is refused. */
export function requiredCondition(request: Request, table: Table, alias: Sql, input: Input, path: string): Sql {
  if (isNull(request, input))
    throw validationFailed(path, `expected an object for type '${table.name}_bool_exp', but found null`);
  return condition(request, table, alias, input, path);
}
