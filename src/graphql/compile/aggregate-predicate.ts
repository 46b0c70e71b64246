import { validationFailed } from '../errors';
import { BOOLEAN_PREDICATE_TYPE, COUNT_PREDICATE_TYPE } from '../model';
import type { Relationship } from '../model';
import type { Fields, Input } from './input';
import { booleanValue, enumValue, isNull, listItems, objectFields } from './input';
import type { Request } from './request';
import { required } from './selection';
import type { Sql } from './sql';
import { join, raw, sql } from './sql';
import { also, comparison, condition, related } from './where';

/** A filter on an aggregate of an array relationship: `r_aggregate: {count: {predicate: {_gt: 2}}}`. */
export function aggregatePredicate(request: Request, relationship: Relationship, alias: Sql, input: Input, path: string): Sql {
  const { target } = relationship;
  const booleans = [...target.columns.values()].filter(({ type }) => type.scalar.name === 'Boolean' && !type.isArray);
  const typeName = `${target.name}_aggregate_bool_exp`;
  const kinds = booleans.length > 0 ? ['bool_and', 'bool_or', 'count'] : ['count'];
  const fields = objectFields(
    request,
    input,
    typeName,
    (name) => (kinds.includes(name) ? `${typeName}_${name}` : undefined),
    path,
  );
  const [entry] = fields;
  if (!entry || fields.size > 1) throw validationFailed(path, 'exactly one predicate should be specified');
  const [kind, value] = entry;
  const inner = `${path}.${kind}`;
  const columnsType =
    kind === 'count' ? `${target.name}_select_column` : `${target.name}_select_column_${typeName}_${kind}_arguments_columns`;
  const types: Readonly<Record<string, string>> = {
    arguments: kind === 'count' ? `[${columnsType}!]` : `${columnsType}!`,
    distinct: 'Boolean',
    filter: `${target.name}_bool_exp`,
    predicate: kind === 'count' ? 'Int_comparison_exp!' : 'Boolean_comparison_exp!',
  };
  const options = objectFields(request, value, `${typeName}_${kind}`, (name) => types[name], inner);
  const predicate = required(options, 'predicate', inner);
  const allowed = (kind === 'count' ? [...target.columns.keys()] : booleans.map(({ name }) => name)).sort();
  if (kind !== 'count') required(options, 'arguments', inner);
  const columns = argumentColumns(request, options, columnsType, allowed, inner);
  const other = request.alias();
  const names = columns.map((name) => sql`${other}.${raw(target.columns.get(name)?.sql ?? '')}`);
  const distinct = raw(isDistinct(request, options, inner) ? 'DISTINCT ' : '');
  const aggregated = names.length === 0 ? raw('*') : names.length === 1 ? join(names, '') : sql`(${join(names, ', ')})`;
  const filter = options.get('filter');
  const filtered = filter ? also(condition(request, target, other, filter, `${inner}.filter`)) : raw('');
  const source = sql`FROM ${raw(target.sql)} AS ${other} WHERE ${related(relationship, alias, other)}${filtered}`;
  const subquery = sql`(SELECT ${raw(kind)}(${distinct}${aggregated}) ${source})`;
  const type = kind === 'count' ? COUNT_PREDICATE_TYPE : BOOLEAN_PREDICATE_TYPE;
  return comparison(request, type, subquery, predicate, `${inner}.predicate`);
}

function argumentColumns(
  request: Request,
  options: Fields,
  typeName: string,
  allowed: readonly string[],
  path: string,
): string[] {
  const input = options.get('arguments');
  if (!input || isNull(request, input)) return [];
  return listItems(request, input, `${typeName}!`, `${path}.arguments`).map((entry) =>
    enumValue(request, entry.item, typeName, allowed, entry.path),
  );
}

function isDistinct(request: Request, options: Fields, path: string): boolean {
  const input = options.get('distinct');
  return input !== undefined && !isNull(request, input) && booleanValue(request, input, `${path}.distinct`);
}
