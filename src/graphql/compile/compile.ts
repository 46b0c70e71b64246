import type { GraphQLSchema } from 'graphql';
import { RequestError, validationFailed } from '../errors';
import type { Model, RootField } from '../model';
import { rootFields } from '../model';
import { aggregateJson } from './aggregate';
import type { PreparedOperation } from './document';
import { insert } from './insert';
import { introspect } from './introspection';
import { arrayJson, arrayJsonUnlessLarge, moreThan, objectColumns, objectJson, rowTexts } from './json';
import { deleteRows, primaryKeyArguments, update, updateMany } from './modify';
import type { Output, Plan } from './plan';
import { PlanBuilder } from './plan';
import type { Question } from './request';
import { Request } from './request';
import { rowFields } from './row';
import { rowArguments, rowsOf } from './rows';
import type { SelectedField } from './selection';
import { checkDirectives, collect, expectLeaf, fieldNotFound } from './selection';
import type { Sql } from './sql';
import { raw, sql } from './sql';

/** What is served: the tables, and the schema that describes them. */
export interface Served {
  readonly model: Model;
  readonly schema: () => GraphQLSchema;
  /** A comparison with null is left out, as Hasura's first version did, instead of being an error. */
  readonly nullCollapse?: boolean | undefined;
  /** The most rows that a root list asked for over HTTP may have. */
  readonly maxRows?: number | undefined;
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
  const { query, mutation } = rootFields(served.model);
  checkDirectives(operation.directives ?? [], operation.operation, '$');
  if (operation.operation === 'subscription') {
    throw new RequestError('unexpected-payload', '$', 'subscriptions are not supported over HTTP, use websockets instead');
  }
  const isQuery = operation.operation === 'query';
  if (!isQuery && mutation.size === 0) throw validationFailed('$', 'no mutations exist');
  const roots = isQuery ? query : mutation;
  const typeName = isQuery ? 'query_root' : 'mutation_root';
  const request = new Request(served.model, prepared, values, served.nullCollapse);
  const plan = new PlanBuilder();
  plan.write('{"data":{');
  collect(request, [operation.selectionSet], typeName, '$.selectionSet').forEach((field, index) => {
    plan.write(`${index === 0 ? '' : ','}${JSON.stringify(field.key)}:`);
    const root = roots.get(field.name);
    const firstStep = plan.nextStep;
    if (root) {
      request.startStatement();
      plan.write(...rootOutput(request, root, field, plan, served.maxRows));
    } else plan.write(metaField(request, prepared, field, served, typeName, query.size));
    plan.root(field.key, firstStep);
  });
  plan.write('}}');
  return { plan: plan.build(isQuery ? 'query' : 'mutation'), asked: request.asked };
}

function metaField(
  request: Request,
  prepared: PreparedOperation,
  field: SelectedField,
  { schema }: Served,
  typeName: string,
  queries: number,
): string {
  if (field.name === '__typename') {
    expectLeaf(field);
    return JSON.stringify(typeName);
  }
  if (typeName === 'query_root') {
    if (field.name === '__schema' || field.name === '__type') return introspect(request, prepared, field, schema());
    if (field.name === 'no_queries_available' && queries === 0) return '"There are no queries available to the current role"';
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
  const one = (statement: Sql): Output[] => [{ step: plan.addSql(statement, '$'), column: 0 }];
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
      return [{ step: plan.addList(arrayJson(fields, rows), list), column: 0 }];
    }
    case 'selectByPk': {
      const alias = request.alias();
      const where = primaryKeyArguments(request, table, alias, field);
      const fields = rowFields(request, table, alias, field);
      return one(objectJson(fields, sql`SELECT ${objectColumns(fields)} FROM ${raw(table.sql)} AS ${alias} WHERE ${where}`));
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
