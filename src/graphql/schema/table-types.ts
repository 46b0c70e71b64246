import {
  aggregateFunctions,
  aggregatePredicates,
  aggregateType,
  updateOperators,
  updateValueType,
  writableColumns,
} from '../model';
import type { Column, Relationship, Table } from '../model';
import type { FieldSpec, TypeSpec } from './registry';

type Fields = Record<string, FieldSpec>;
type Specs = Map<string, () => TypeSpec>;

/** How Hasura calls a table in descriptions: `"author"`, `"shop.author"`. */
export function labelOf({ schema, relation }: Table): string {
  return `"${schema === 'public' ? '' : `${schema}.`}${relation}"`;
}

/** The types of one table (contract 1.3). */
export function tableTypes(table: Table): Specs {
  const specs: Specs = new Map();
  outputTypes(specs, table);
  filterTypes(specs, table);
  aggregateTypes(specs, table);
  streamTypes(specs, table);
  if (table.insertable) insertTypes(specs, table);
  updateTypes(specs, table);
  return specs;
}

/** The five arguments of a list of rows. */
export function rowArguments({ name }: Table): Fields {
  return {
    distinct_on: { type: `[${name}_select_column!]`, description: 'distinct select on columns' },
    limit: { type: 'Int', description: 'limit the number of rows returned' },
    offset: { type: 'Int', description: 'skip the first n rows. Use only with order_by' },
    order_by: { type: `[${name}_order_by!]`, description: 'sort the rows by one or more columns' },
    where: { type: `${name}_bool_exp`, description: 'filter the rows returned' },
  };
}

/** The arguments of the primary key. */
export function keyArguments(table: Table): Fields {
  return Object.fromEntries(
    table.primaryKey.map((column) => [column.name, { type: `${column.type.name}!`, description: column.comment }]),
  );
}

/** The arguments that say what an update changes. */
export function updateArguments(table: Table): Fields {
  return Object.fromEntries(
    updateOperators(table).map(({ operator }) => [
      operator.name,
      { type: `${table.name}_${operator.input}`, description: operator.description },
    ]),
  );
}

/** The argument that turns an insert into an upsert, where a constraint can be named. */
export function conflictArgument(table: Table): Fields {
  if (table.constraints.size === 0) return {};
  return { on_conflict: { type: `${table.name}_on_conflict`, description: 'upsert condition' } };
}

function outputTypes(specs: Specs, table: Table): void {
  const { name } = table;
  specs.set(name, () => ({
    kind: 'object',
    description: table.comment ?? `columns and relationships of ${labelOf(table)}`,
    fields: () => ({ ...columnFields(table), ...relationshipFields(table) }),
  }));
  specs.set(`${name}_mutation_response`, () => ({
    kind: 'object',
    description: `response of any mutation on the table ${labelOf(table)}`,
    fields: () => ({
      affected_rows: { type: 'Int!', description: 'number of rows affected by the mutation' },
      returning: { type: `[${name}!]!`, description: 'data from the rows affected by the mutation' },
    }),
  }));
}

function columnFields(table: Table): Fields {
  return Object.fromEntries(
    [...table.columns.values()].map((column) => {
      const path = { path: { type: 'String', description: 'JSON select path' } };
      const args = column.type.scalar.input === 'json' && !column.type.isArray ? { args: path } : {};
      return [column.name, { type: `${column.type.name}${column.nullable ? '' : '!'}`, description: column.comment, ...args }];
    }),
  );
}

function relationshipFields(table: Table): Fields {
  const fields: Fields = {};
  for (const { name, kind, target, nullable } of table.relationships.values()) {
    if (kind === 'object') fields[name] = { type: `${target.name}${nullable ? '' : '!'}`, description: 'An object relationship' };
    else {
      fields[name] = { type: `[${target.name}!]!`, description: 'An array relationship', args: rowArguments(target) };
      fields[`${name}_aggregate`] = {
        type: `${target.name}_aggregate!`,
        description: 'An aggregate relationship',
        args: rowArguments(target),
      };
    }
  }
  return fields;
}

function filterTypes(specs: Specs, table: Table): void {
  const { name } = table;
  const boolExp = `${name}_bool_exp`;
  const relationships = [...table.relationships.values()];
  specs.set(boolExp, () => ({
    kind: 'input',
    description: `Boolean expression to filter rows from the table ${labelOf(table)}. All fields are combined with a logical 'AND'.`,
    fields: () => ({
      _and: { type: `[${boolExp}!]` },
      _not: { type: boolExp },
      _or: { type: `[${boolExp}!]` },
      ...withoutDescriptions(table.columns.values(), ({ type }) => type.comparison),
      ...Object.fromEntries(relationships.flatMap((each) => relationshipInputs(each, 'bool_exp', true))),
    }),
  }));
  specs.set(`${name}_order_by`, () => ({
    kind: 'input',
    description: `Ordering options when selecting data from ${labelOf(table)}.`,
    fields: () => ({
      ...withoutDescriptions(table.columns.values(), () => 'order_by'),
      ...Object.fromEntries(relationships.flatMap((each) => relationshipInputs(each, 'order_by', each.kind === 'object'))),
    }),
  }));
  const columns = [...table.columns.keys()];
  specs.set(`${name}_select_column`, () => ({
    kind: 'enum',
    description: `select columns of table ${labelOf(table)}`,
    values: Object.fromEntries(columns.map((column) => [column, 'column name'])),
  }));
}

function relationshipInputs({ name, kind, target }: Relationship, suffix: string, itself: boolean): [string, FieldSpec][] {
  const own: [string, FieldSpec][] = itself ? [[name, { type: `${target.name}_${suffix}` }]] : [];
  return kind === 'array' ? [...own, [`${name}_aggregate`, { type: `${target.name}_aggregate_${suffix}` }]] : own;
}

function withoutDescriptions(columns: Iterable<Column>, type: (column: Column) => string): Fields {
  return Object.fromEntries([...columns].map((column) => [column.name, { type: type(column) }]));
}

function columnsWith(columns: Iterable<Column>, type: (column: Column) => string): Fields {
  return Object.fromEntries([...columns].map((column) => [column.name, { type: type(column), description: column.comment }]));
}

function streamTypes(specs: Specs, table: Table): void {
  const { name } = table;
  specs.set(`${name}_stream_cursor_input`, () => ({
    kind: 'input',
    description: `Streaming cursor of the table "${name}"`,
    fields: () => ({
      initial_value: { type: `${name}_stream_cursor_value_input!`, description: 'Stream column input with initial value' },
      ordering: { type: 'cursor_ordering', description: 'cursor ordering' },
    }),
  }));
  specs.set(`${name}_stream_cursor_value_input`, () => ({
    kind: 'input',
    description: 'Initial value of the column from where the streaming should start',
    fields: () => columnsWith(table.columns.values(), ({ type }) => type.name),
  }));
}

function aggregateTypes(specs: Specs, table: Table): void {
  const { name } = table;
  const functions = [...aggregateFunctions(table)];
  const countArguments: Fields = { columns: { type: `[${name}_select_column!]` }, distinct: { type: 'Boolean' } };
  specs.set(`${name}_aggregate`, () => ({
    kind: 'object',
    description: `aggregated selection of ${labelOf(table)}`,
    fields: () => ({ aggregate: { type: `${name}_aggregate_fields` }, nodes: { type: `[${name}!]!` } }),
  }));
  specs.set(`${name}_aggregate_fields`, () => ({
    kind: 'object',
    description: `aggregate fields of ${labelOf(table)}`,
    fields: () => ({
      count: { type: 'Int!', args: countArguments },
      ...Object.fromEntries(functions.map(([each]) => [each, { type: `${name}_${each}_fields` }])),
    }),
  }));
  specs.set(`${name}_aggregate_order_by`, () => ({
    kind: 'input',
    description: `order by aggregate values of table ${labelOf(table)}`,
    fields: () => ({
      count: { type: 'order_by' },
      ...Object.fromEntries(functions.map(([each]) => [each, { type: `${name}_${each}_order_by` }])),
    }),
  }));
  for (const [each, columns] of functions) {
    const fields = (): Fields => columnsWith(columns, (column) => aggregateType(each, column));
    specs.set(`${name}_${each}_fields`, () => ({ kind: 'object', description: `aggregate ${each} on columns`, fields }));
    const orderFields = (): Fields => columnsWith(columns, () => 'order_by');
    const description = `order by ${each}() on columns of table ${labelOf(table)}`;
    specs.set(`${name}_${each}_order_by`, () => ({ kind: 'input', description, fields: orderFields }));
  }
  aggregatePredicateTypes(specs, table);
}

function aggregatePredicateTypes(specs: Specs, table: Table): void {
  const typeName = `${table.name}_aggregate_bool_exp`;
  const predicates = [...aggregatePredicates(table).values()];
  specs.set(typeName, () => ({
    kind: 'input',
    fields: () => Object.fromEntries(predicates.map(({ name }) => [name, { type: `${typeName}_${name}` }])),
  }));
  for (const { name, takes, columns, result } of predicates) {
    const ownName = `${typeName}_${name}`;
    const columnsType = `${table.name}_select_column_${ownName}_arguments_columns`;
    const argumentsType = {
      columns: `[${table.name}_select_column!]`,
      column: `${columnsType}!`,
      pair: `${ownName}_arguments!`,
    }[takes];
    specs.set(ownName, () => ({
      kind: 'input',
      fields: () => ({
        arguments: { type: argumentsType },
        distinct: { type: 'Boolean' },
        filter: { type: `${table.name}_bool_exp` },
        predicate: { type: `${result.comparison}!` },
      }),
    }));
    const pair = { X: { type: `${columnsType}!` }, Y: { type: `${columnsType}!` } };
    if (takes === 'pair') specs.set(`${ownName}_arguments`, () => ({ kind: 'input', fields: () => pair }));
    const values = Object.fromEntries(columns.map((column) => [column.name, 'column name']));
    const description = `select "${ownName}_arguments_columns" columns of table ${labelOf(table)}`;
    if (takes !== 'columns') specs.set(columnsType, () => ({ kind: 'enum', description, values }));
  }
}

function insertTypes(specs: Specs, table: Table): void {
  const { name } = table;
  const conflict = conflictArgument(table);
  specs.set(`${name}_insert_input`, () => ({
    kind: 'input',
    description: `input type for inserting data into table ${labelOf(table)}`,
    fields: () => insertFields(table),
  }));
  specs.set(`${name}_obj_rel_insert_input`, () => ({
    kind: 'input',
    description: `input type for inserting object relation for remote table ${labelOf(table)}`,
    fields: () => ({ data: { type: `${name}_insert_input!` }, ...conflict }),
  }));
  specs.set(`${name}_arr_rel_insert_input`, () => ({
    kind: 'input',
    description: `input type for inserting array relation for remote table ${labelOf(table)}`,
    fields: () => ({ data: { type: `[${name}_insert_input!]!` }, ...conflict }),
  }));
  specs.set(`${name}_on_conflict`, () => ({
    kind: 'input',
    description: `on_conflict condition type for table ${labelOf(table)}`,
    fields: () => ({
      constraint: { type: `${name}_constraint!` },
      update_columns: { type: `[${name}_update_column!]!`, emptyList: true },
      where: { type: `${name}_bool_exp` },
    }),
  }));
  specs.set(`${name}_constraint`, () => ({
    kind: 'enum',
    description: `unique or primary key constraints on table ${labelOf(table)}`,
    values: Object.fromEntries(
      [...table.constraints].map(([constraint, columns]) => {
        const list = columns.map((column) => `"${column}"`).join(', ');
        return [constraint, `unique or primary key constraint on columns ${list}`];
      }),
    ),
  }));
  specs.set(`${name}_update_column`, () => ({
    kind: 'enum',
    ...updatableColumns(table),
  }));
}

/** An input object must have a field, or tools refuse the whole schema: a table may be inserted into without a column to give. */
function insertFields(table: Table): Fields {
  const fields = columnsWith(writableColumns(table), ({ type }) => type.name);
  for (const { name, kind, target } of table.relationships.values()) {
    if (target.insertable) fields[name] = { type: `${target.name}_${kind === 'object' ? 'obj' : 'arr'}_rel_insert_input` };
  }
  return Object.keys(fields).length > 0 ? fields : { _PLACEHOLDER: { type: 'Boolean', description: PLACEHOLDER } };
}

const PLACEHOLDER = 'placeholder (do not use)';

function updatableColumns(table: Table): { description: string; values: Record<string, string> } {
  const columns = writableColumns(table);
  if (columns.length > 0) {
    const values = Object.fromEntries(columns.map((column) => [column.name, 'column name']));
    return { description: `update columns of table ${labelOf(table)}`, values };
  }
  const reason = '(current role has no relevant permissions)';
  return {
    description: `placeholder for update columns of table ${labelOf(table)} ${reason}`,
    values: { _PLACEHOLDER: PLACEHOLDER },
  };
}

function updateTypes(specs: Specs, table: Table): void {
  const { name } = table;
  for (const { operator, columns } of updateOperators(table)) {
    const fields = (): Fields => columnsWith(columns, (column) => updateValueType(operator, column));
    const { inputDescription } = operator;
    const description = inputDescription ? `${inputDescription} ${labelOf(table)}` : operator.description;
    specs.set(`${name}_${operator.input}`, () => ({ kind: 'input', description, fields }));
  }
  specs.set(`${name}_pk_columns_input`, () => ({
    kind: 'input',
    description: `primary key columns input for table: ${labelOf(table).slice(1, -1)}`,
    fields: () => keyArguments(table),
  }));
  specs.set(`${name}_updates`, () => ({
    kind: 'input',
    fields: () => ({
      ...updateArguments(table),
      where: { type: `${name}_bool_exp!`, description: 'filter the rows which have to be updated' },
    }),
  }));
}
