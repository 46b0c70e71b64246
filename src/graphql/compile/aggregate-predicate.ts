import { validationFailed } from '../errors';
import { aggregatePredicates } from '../model';
import type { AggregatePredicate, Relationship, Table } from '../model';
import type { Fields, Input } from './input';
import { booleanValue, enumValue, fieldTypes, listItems, objectFields } from './input';
import type { Request } from './request';
import { required } from './selection';
import type { Sql } from './sql';
import { join, raw, relation, sql } from './sql';
import { also, comparison, condition, related } from './where';

/** A filter on an aggregate of an array relationship: `r_aggregate: {count: {predicate: {_gt: 2}}}`. */
export function aggregatePredicate(request: Request, relationship: Relationship, alias: Sql, input: Input, path: string): Sql {
  const { target } = relationship;
  const typeName = `${target.name}_aggregate_bool_exp`;
  const predicates = aggregatePredicates(target);
  const types = (name: string): string | undefined => (predicates.has(name) ? `${typeName}_${name}` : undefined);
  const [entry, ...others] = objectFields(request, input, typeName, types, path);
  const predicate = predicates.get(entry?.[0] ?? '');
  if (!entry || !predicate || others.length > 0) throw validationFailed(path, 'exactly one predicate should be specified');
  return compiled(request, relationship, predicate, alias, entry[1], `${path}.${predicate.name}`);
}

function compiled(
  request: Request,
  relationship: Relationship,
  predicate: AggregatePredicate,
  alias: Sql,
  input: Input,
  path: string,
): Sql {
  const { target } = relationship;
  const { name, takes, result } = predicate;
  const ownName = `${target.name}_aggregate_bool_exp_${name}`;
  const columnsType = columnsTypeOf(target, predicate);
  const argumentTypes = { columns: `[${columnsType}!]`, column: `${columnsType}!`, pair: `${ownName}_arguments!` };
  const types: Readonly<Record<string, string>> = {
    arguments: argumentTypes[takes],
    distinct: 'Boolean',
    filter: `${target.name}_bool_exp`,
    predicate: `${result.comparison}!`,
  };
  const options = objectFields(request, input, ownName, fieldTypes(types), path);
  const other = request.alias();
  const columns = argumentColumns(request, target, predicate, options, path);
  const names = columns.map((column) => sql`${other}.${raw(target.columns.get(column)?.sql ?? '')}`);
  const given = options.get('distinct');
  const distinct = raw(given && booleanValue(request, given, `${path}.distinct`) && names.length > 0 ? 'DISTINCT ' : '');
  const filter = options.get('filter');
  const filtered = filter ? also(condition(request, target, other, filter, `${path}.filter`)) : raw('');
  const source = sql`FROM ${relation(target)} AS ${other} WHERE ${related(relationship, alias, other)}${filtered}`;
  const subquery = sql`(SELECT ${raw(name)}(${distinct}${counted(names, takes)}) ${source})`;
  return comparison(request, result, subquery, required(options, 'predicate', path), `${path}.predicate`);
}

function columnsTypeOf({ name: table }: Table, { name, takes }: AggregatePredicate): string {
  if (takes === 'columns') return `${table}_select_column`;
  return `${table}_select_column_${table}_aggregate_bool_exp_${name}_arguments_columns`;
}

/** What stands between the function's parentheses: several columns are counted as one row. */
function counted(names: readonly Sql[], takes: AggregatePredicate['takes']): Sql {
  if (names.length === 0) return raw('*');
  const list = join(names, ', ');
  return names.length > 1 && takes === 'columns' ? sql`(${list})` : list;
}

/** The names of the columns that are aggregated, in SQL's order: of a pair, Y comes first. */
function argumentColumns(
  request: Request,
  target: Table,
  predicate: AggregatePredicate,
  options: Fields,
  path: string,
): string[] {
  const columnsType = columnsTypeOf(target, predicate);
  const allowed = predicate.columns.map(({ name }) => name).sort();
  const at = `${path}.arguments`;
  const column = (input: Input, place: string): string => enumValue(request, input, columnsType, allowed, place);
  switch (predicate.takes) {
    case 'columns': {
      const input = options.get('arguments');
      return input ? listItems(request, input, `${columnsType}!`, at).map((entry) => column(entry.item, entry.path)) : [];
    }
    case 'column':
      return [column(required(options, 'arguments', path), at)];
    case 'pair': {
      const types = (name: string): string | undefined => (['X', 'Y'].includes(name) ? `${columnsType}!` : undefined);
      const input = required(options, 'arguments', path);
      const pair = objectFields(request, input, `${target.name}_aggregate_bool_exp_${predicate.name}_arguments`, types, at);
      return ['Y', 'X'].map((name) => column(required(pair, name, at), `${at}.${name}`));
    }
  }
}
