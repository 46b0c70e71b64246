import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { RequestError, validationFailed } from '../errors';
import type { WriteKind } from '../engine';
import type { Model, RootField } from '../model';
import { NO_QUERIES, rootFields } from '../model';
import { aggregateJson } from './aggregate';
import type { PreparedOperation } from './document';
import { insert } from './insert';
import type { Limits } from './limits';
import { introspect } from './introspection';
import { arrayJson, arrayJsonUnlessLarge, arrayJsonUpTo, bounded, moreThan, objectColumns, objectJson, rowTexts } from './json';
import { deleteRows, primaryKeyArguments, update, updateMany } from './modify';
import type { Output, Plan } from './plan';
import { PlanBuilder } from './plan';
import type { Question } from './request';
import { Request } from './request';
import { rowFields } from './row';
import { rowArguments, rowsOf } from './rows';
import type { SelectedField } from './selection';
import { checkDirectives, collect, expectLeaf, fieldNotFound, MULTIPLE_ROOTS } from './selection';
import { stream } from './stream';
import type { Sql } from './sql';
import { relation, sql } from './sql';

/** What is served: the tables, and the schema that describes them. */
export interface Served {
  readonly model: Model;
  readonly schema: () => GraphQLSchema;
  /** A comparison with null is left out, as Hasura's first version did, instead of being an error. */
  readonly nullCollapse?: boolean | undefined;
  /** The most rows that a root list asked for over HTTP may have. */
  readonly maxRows?: number | undefined;
  readonly limits?: Limits | undefined;
  /** Whether the schema may be asked for; it may when undefined. */
  readonly introspection?: boolean | undefined;
}

export interface Compiled {
  readonly plan: Plan;
  /** The answers about variables on which the plan rests; for other answers another plan is compiled. */
  readonly asked: readonly { readonly question: Question; readonly answer: string }[];
}

/**
 * Compiles an operation, validating it on the way.
 * @throws RequestError with Hasura's text, code and path (contract 9).
 */
export function compile(served: Served, prepared: PreparedOperation, values: ReadonlyMap<string, unknown>): Compiled {
  const { operation } = prepared;
  checkDirectives(operation.directives ?? [], operation.operation, '$');
  const { operation: kind } = operation;
  const roots = rootFields(served.model)[kind];
  if (kind !== 'query' && roots.size === 0) throw validationFailed('$', `no ${kind}s exist`);
  const typeName = `${kind}_root`;
  const request = new Request(served.model, prepared, values, served.nullCollapse, served.limits?.fields);
  const plan = new PlanBuilder(kind);
  plan.write('{"data":{');
  const selected = collect(request, [operation.selectionSet], typeName, '$.selectionSet');
  if (kind === 'subscription') checkSubscribed(operation, selected, roots);
  for (const field of selected) {
    const root = roots.get(field.name);
    if (root) {
      request.startStatement();
      plan.root(field.key, rootOutput(request, root, field, plan, served.maxRows), WRITES[root.kind]);
    } else plan.root(field.key, [metaField(request, prepared, field, served, typeName, roots.size)]);
  }
  plan.write('}}');
  return { plan: plan.build(), asked: request.asked };
}

const WRITES: Readonly<Partial<Record<RootField['kind'], WriteKind>>> = {
  insert: 'insert',
  insertOne: 'insert',
  update: 'update',
  updateByPk: 'update',
  updateMany: 'update',
  delete: 'delete',
  deleteByPk: 'delete',
};

function tooManyRows({ key }: SelectedField): string {
  return `'${key}' has more rows than one answer may hold (GRAPHQL_MAX_ROWS): ask for less by limit and offset`;
}

/** A subscription has one root field, unless its directive lifts that, and none about the schema. */
function checkSubscribed(
  { directives = [] }: OperationDefinitionNode,
  fields: readonly SelectedField[],
  roots: ReadonlyMap<string, RootField>,
): void {
  const severalAllowed = directives.some(({ name }) => name.value === MULTIPLE_ROOTS);
  if (fields.length !== 1 && !severalAllowed) throw validationFailed('$', 'subscriptions must select one top level field');
  if (fields.some(({ name }) => name.startsWith('__')))
    throw new RequestError('not-supported', '$', 'Introspection at root field level is not supported over subscriptions');
  if (fields.length > 1 && fields.some(({ name }) => roots.get(name)?.kind === 'selectStream'))
    throw validationFailed('$', 'exactly one root field is allowed in streaming subscriptions');
}

function metaField(
  request: Request,
  prepared: PreparedOperation,
  field: SelectedField,
  { schema, introspection = true }: Served,
  typeName: string,
  queries: number,
): string {
  if (field.name === '__typename') {
    expectLeaf(field);
    return JSON.stringify(typeName);
  }
  if (typeName === 'query_root') {
    if (introspection && (field.name === '__schema' || field.name === '__type'))
      return introspect(request, prepared, field, schema());
    if (field.name === 'no_queries_available' && queries === 0) return JSON.stringify(NO_QUERIES);
  }
  throw fieldNotFound(field, typeName);
}

function rootOutput(
  request: Request,
  { kind, table }: RootField,
  field: SelectedField,
  plan: PlanBuilder,
  maxRows: number | undefined,
): Output[] {
  const one = (statement: Sql): Output[] => [{ step: plan.addSql(bounded(statement), '$'), column: 0 }];
  switch (kind) {
    case 'select': {
      const alias = request.alias();
      const fields = rowFields(request, table, alias, field);
      const rows = rowsOf(table, alias, objectColumns(fields), rowArguments(request, table, alias, field));
      const list = {
        whole: arrayJsonUnlessLarge(fields, rows, maxRows),
        rows: rowTexts(fields, rows),
        excess: maxRows === undefined ? undefined : moreThan(maxRows, rows),
      };
      if (maxRows === undefined) return [{ step: plan.addList(bounded(arrayJson(fields, rows)), list), column: 0 }];
      const checks = [{ column: 1, code: 'validation-failed', path: field.path, message: tooManyRows(field) } as const];
      return [{ step: plan.addList(arrayJsonUpTo(maxRows, fields, rows), list, checks), column: 0 }];
    }
    case 'selectStream':
      return [{ step: plan.addStream(stream(request, table, field)), column: 0 }];
    case 'selectByPk': {
      const alias = request.alias();
      const where = primaryKeyArguments(request, table, alias, field);
      const fields = rowFields(request, table, alias, field);
      return one(objectJson(fields, sql`SELECT ${objectColumns(fields)} FROM ${relation(table)} AS ${alias} WHERE ${where}`));
    }
    case 'selectAggregate':
      return one(aggregateJson(request, table, field));
    case 'insert':
      return insert(request, table, field, 'response', plan);
    case 'insertOne':
      return insert(request, table, field, 'row', plan);
    case 'update':
      return update(request, table, field, 'response', plan);
    case 'updateByPk':
      return update(request, table, field, 'row', plan);
    case 'updateMany':
      return updateMany(request, table, field, plan);
    case 'delete':
      return deleteRows(request, table, field, 'response', plan);
    case 'deleteByPk':
      return deleteRows(request, table, field, 'row', plan);
  }
}
