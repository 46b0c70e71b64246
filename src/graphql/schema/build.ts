import type { GraphQLObjectType } from 'graphql';
import { GraphQLSchema } from 'graphql';
import {
  BOOLEAN_PREDICATE_TYPE,
  comparisonOperators,
  COUNT_PREDICATE_TYPE,
  ORDER_DIRECTIONS,
  rootFields,
  scalarColumn,
  STRING_SCALAR,
} from '../model';
import type { ColumnType, Model, RootField } from '../model';
import type { FieldSpec, TypeSpec } from './registry';
import { Registry } from './registry';
import { keyArguments, rowArguments, tableTypes, updateArguments } from './table-types';

/** The schema that describes a model: for introspection and printing, never for execution. */
export function buildSchema(model: Model): GraphQLSchema {
  const { query, mutation } = rootFields(model);
  const specs = new Map<string, () => TypeSpec>();
  for (const table of model.tables) for (const [name, spec] of tableTypes(table)) specs.set(name, spec);
  for (const [name, spec] of comparisonTypes(model)) specs.set(name, spec);
  specs.set('order_by', () => ({ kind: 'enum', description: 'column ordering options', values: orderValues() }));
  specs.set('query_root', () => ({
    kind: 'object',
    fields: () => (query.size > 0 ? rootSpecs(query) : { no_queries_available: NOTHING }),
  }));
  specs.set('mutation_root', () => ({ kind: 'object', description: 'mutation root', fields: () => rootSpecs(mutation) }));
  const registry = new Registry(specs);
  const schema = new GraphQLSchema({
    query: registry.reference<GraphQLObjectType>('query_root'),
    ...(mutation.size > 0 ? { mutation: registry.reference<GraphQLObjectType>('mutation_root') } : {}),
    // Our own types are valid by construction, and to have that checked takes longer than to build them.
    assumeValid: true,
  });
  sortKeys(schema.getTypeMap());
  return schema;
}

/** Types come by name in introspection, as Hasura gives them (contract 1.5). */
function sortKeys(map: Record<string, unknown>): void {
  const entries = Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [key] of entries) delete map[key];
  for (const [key, value] of entries) map[key] = value;
}

const NOTHING: FieldSpec = {
  type: 'String!',
  description: 'There are no queries available to the current role. Please check the permissions',
};

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
    [BOOLEAN_PREDICATE_TYPE, COUNT_PREDICATE_TYPE, scalarColumn(STRING_SCALAR)].map((type) => [type.comparison, type]),
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
    [...comparisonOperators(type)].map(([name, { operand }]): [string, FieldSpec] => {
      if (operand.kind === 'isNull') return [name, { type: 'Boolean' }];
      if (operand.kind === 'cast') return [name, { type: 'jsonb_cast_exp' }];
      return [name, { type: operand.kind === 'list' ? `[${operand.type.name}!]` : operand.type.name }];
    }),
  );
}

function rootSpecs(fields: ReadonlyMap<string, RootField>): Record<string, FieldSpec> {
  return Object.fromEntries([...fields.values()].map((field) => [field.name, rootSpec(field)]));
}

function rootSpec({ kind, table }: RootField): FieldSpec {
  const { name } = table;
  const label = `"${table.schema === 'public' ? '' : `${table.schema}.`}${table.relation}"`;
  const response = `${name}_mutation_response`;
  const conflict: Record<string, FieldSpec> =
    table.constraints.length > 0 ? { on_conflict: { type: `${name}_on_conflict`, description: 'upsert condition' } } : {};
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
    case 'insert':
      return {
        type: response,
        description: `insert data into the table: ${label}`,
        args: { objects: { type: `[${name}_insert_input!]!`, description: 'the rows to be inserted' }, ...conflict },
      };
    case 'insertOne':
      return {
        type: name,
        description: `insert a single row into the table: ${label}`,
        args: { object: { type: `${name}_insert_input!`, description: 'the row to be inserted' }, ...conflict },
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
