import type { GraphQLObjectType } from 'graphql';
import { GraphQLSchema } from 'graphql';
import {
  comparisonOperators,
  NO_QUERIES,
  ORDER_DIRECTIONS,
  PREDICATE_RESULTS,
  rootFields,
  scalarColumn,
  STRING_SCALAR,
} from '../model';
import type { ColumnType, Model, RootField } from '../model';
import { DIRECTIVES } from './directives';
import { metaTypes } from './meta-types';
import type { FieldSpec, TypeSpec } from './registry';
import { Registry } from './registry';
import { conflictArgument, keyArguments, labelOf, rowArguments, tableTypes, updateArguments } from './table-types';

/** The schema that describes a model: for introspection and printing, never for execution. */
export function buildSchema(model: Model): GraphQLSchema {
  const { query, mutation, subscription } = rootFields(model);
  const specs = new Map<string, () => TypeSpec>();
  for (const table of model.tables) for (const [name, spec] of tableTypes(table)) specs.set(name, spec);
  for (const [name, spec] of comparisonTypes(model)) specs.set(name, spec);
  specs.set('order_by', () => ({ kind: 'enum', description: 'column ordering options', values: orderValues() }));
  specs.set('query_root', () => ({
    kind: 'object',
    fields: () => (query.size > 0 ? rootSpecs(query) : { no_queries_available: { type: 'String!', description: NO_QUERIES } }),
  }));
  specs.set('subscription_root', () => ({ kind: 'object', fields: () => rootSpecs(subscription) }));
  specs.set('cursor_ordering', () => ({ kind: 'enum', description: 'ordering argument of a cursor', values: CURSOR_ORDERINGS }));
  specs.set('mutation_root', () => ({ kind: 'object', description: 'mutation root', fields: () => rootSpecs(mutation) }));
  const registry = new Registry(specs);
  const schema = new GraphQLSchema({
    query: registry.reference<GraphQLObjectType>('query_root'),
    ...(mutation.size > 0 ? { mutation: registry.reference<GraphQLObjectType>('mutation_root') } : {}),
    ...(subscription.size > 0 ? { subscription: registry.reference<GraphQLObjectType>('subscription_root') } : {}),
    directives: DIRECTIVES,
    // Our own types are valid by construction, and to have that checked takes longer than to build them.
    assumeValid: true,
  });
  const types = schema.getTypeMap();
  Object.assign(types, metaTypes());
  sortKeys(types);
  return schema;
}

/** Types come by name in introspection, as Hasura gives them (contract 1.5). */
function sortKeys(map: Record<string, unknown>): void {
  const entries = Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [key] of entries) delete map[key];
  for (const [key, value] of entries) map[key] = value;
}

const CURSOR_ORDERINGS = { ASC: 'ascending ordering of the cursor', DESC: 'descending ordering of the cursor' };

function orderValues(): Record<string, string> {
  return Object.fromEntries(
    Object.keys(ORDER_DIRECTIONS).map((name) => {
      const [direction = '', ...nulls] = name.split('_');
      const long = direction === 'asc' ? 'ascending' : 'descending';
      const where = nulls.at(-1) ?? (direction === 'asc' ? 'last' : 'first');
      return [name, `in ${long} order, nulls ${where}`];
    }),
  );
}

function comparisonTypes(model: Model): Map<string, () => TypeSpec> {
  const types = new Map<string, ColumnType>(
    [...PREDICATE_RESULTS, scalarColumn(STRING_SCALAR)].map((type) => [type.comparison, type]),
  );
  for (const table of model.tables) for (const { type } of table.columns.values()) types.set(type.comparison, type);
  const specs = new Map<string, () => TypeSpec>();
  for (const [name, type] of types) {
    const { values } = type.scalar;
    if (values) specs.set(type.scalar.name, () => ({ kind: 'enum', values: Object.fromEntries(values) }));
    const description = `Boolean expression to compare columns of type "${type.scalar.name}". All fields are combined with logical 'AND'.`;
    specs.set(name, () => ({ kind: 'input', description, fields: () => operatorFields(type) }));
  }
  specs.set('jsonb_cast_exp', () => ({
    kind: 'input',
    fields: () => ({ String: { type: scalarColumn(STRING_SCALAR).comparison } }),
  }));
  return specs;
}

function operatorFields(type: ColumnType): Record<string, FieldSpec> {
  return Object.fromEntries(
    [...comparisonOperators(type)].map(([name, { operand, description = null }]): [string, FieldSpec] => {
      if (operand.kind === 'isNull') return [name, { type: 'Boolean' }];
      if (operand.kind === 'cast') return [name, { type: 'jsonb_cast_exp' }];
      return [name, { type: operand.kind === 'list' ? `[${operand.type.name}!]` : operand.type.name, description }];
    }),
  );
}

function rootSpecs(fields: ReadonlyMap<string, RootField>): Record<string, FieldSpec> {
  return Object.fromEntries([...fields.values()].map((field) => [field.name, rootSpec(field)]));
}

function rootSpec({ kind, table }: RootField): FieldSpec {
  const { name } = table;
  const label = labelOf(table);
  const response = `${name}_mutation_response`;
  switch (kind) {
    case 'select':
      return { type: `[${name}!]!`, description: `fetch data from the table: ${label}`, args: rowArguments(table) };
    case 'selectByPk':
      return {
        type: name,
        description: `fetch data from the table: ${label} using primary key columns`,
        args: keyArguments(table),
      };
    case 'selectAggregate':
      return {
        type: `${name}_aggregate!`,
        description: `fetch aggregated fields from the table: ${label}`,
        args: rowArguments(table),
      };
    case 'selectStream':
      return {
        type: `[${name}!]!`,
        description: `fetch data from the table in a streaming manner: ${label}`,
        args: {
          batch_size: { type: 'Int!', description: 'maximum number of rows returned in a single batch' },
          cursor: {
            type: `[${name}_stream_cursor_input]!`,
            description: 'cursor to stream the results returned by the query',
          },
          where: { type: `${name}_bool_exp`, description: 'filter the rows returned' },
        },
      };
    case 'insert':
      return {
        type: response,
        description: `insert data into the table: ${label}`,
        args: {
          objects: { type: `[${name}_insert_input!]!`, description: 'the rows to be inserted' },
          ...conflictArgument(table),
        },
      };
    case 'insertOne':
      return {
        type: name,
        description: `insert a single row into the table: ${label}`,
        args: { object: { type: `${name}_insert_input!`, description: 'the row to be inserted' }, ...conflictArgument(table) },
      };
    case 'update':
      return {
        type: response,
        description: `update data of the table: ${label}`,
        args: { ...updateArguments(table), where: filter(name, 'updated') },
      };
    case 'updateByPk':
      return {
        type: name,
        description: `update single row of the table: ${label}`,
        args: { ...updateArguments(table), pk_columns: { type: `${name}_pk_columns_input!` } },
      };
    case 'updateMany':
      return {
        type: `[${response}]`,
        description: `update multiples rows of table: ${label}`,
        args: { updates: { type: `[${name}_updates!]!`, description: 'updates to execute, in order' } },
      };
    case 'delete':
      return { type: response, description: `delete data from the table: ${label}`, args: { where: filter(name, 'deleted') } };
    case 'deleteByPk':
      return { type: name, description: `delete single row from the table: ${label}`, args: keyArguments(table) };
  }
}

function filter(name: string, done: string): FieldSpec {
  return { type: `${name}_bool_exp!`, description: `filter the rows which have to be ${done}` };
}
