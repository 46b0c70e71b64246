import { validationFailed } from '../errors';
import { updateOperators, updateValueType } from '../model';
import type { Column, Table, UpdateOperator } from '../model';
import { equalityOf, operand } from './column';
import type { Fields, Input } from './input';
import { columnParameter, listItems, listParameter, objectFields } from './input';
import { boundedTexts } from './json';
import type { Output, PlanBuilder } from './plan';
import type { Request } from './request';
import type { ResponseForm } from './response';
import { answerLater, answeringStatement, emptyAnswer, showsRelated, showsRows } from './response';
import type { SelectedField } from './selection';
import { argumentsOf, required } from './selection';
import type { Sql } from './sql';
import { join, raw, relation, sql } from './sql';
import { conjunction, requiredCondition } from './where';

/** `update_T` and `update_T_by_pk`. */
export function update(request: Request, table: Table, field: SelectedField, form: ResponseForm, plan: PlanBuilder): Output[] {
  const path = `${field.path}.args`;
  const types = updateTypes(table);
  const target = form === 'row' ? 'pk_columns' : 'where';
  types.set(target, form === 'row' ? `${table.name}_pk_columns_input!` : `${table.name}_bool_exp!`);
  const args = argumentsOf(request, field, (name) => types.get(name));
  return updateRows(request, table, field, form, plan, args, path);
}

/** `update_T_many`: one update after the other, each seeing those before it. */
export function updateMany(request: Request, table: Table, field: SelectedField, plan: PlanBuilder): Output[] {
  const path = `${field.path}.args.updates`;
  const typeName = `${table.name}_updates`;
  const args = argumentsOf(request, field, (name) => (name === 'updates' ? `[${typeName}!]!` : undefined));
  const types = updateTypes(table).set('where', `${table.name}_bool_exp!`);
  const answers = listItems(request, required(args, 'updates', `${field.path}.args`), `${typeName}!`, path).map((entry) => {
    request.startStatement();
    const fields = objectFields(request, entry.item, typeName, (name) => types.get(name), entry.path);
    return updateRows(request, table, field, 'response', plan, fields, entry.path);
  });
  return ['[', ...answers.flatMap((answer, index) => (index === 0 ? answer : [',', ...answer])), ']'];
}

function updateTypes(table: Table): Map<string, string> {
  return new Map(updateOperators(table).map(({ operator }) => [operator.name, `${table.name}_${operator.input}`]));
}

function updateRows(
  request: Request,
  table: Table,
  field: SelectedField,
  form: ResponseForm,
  plan: PlanBuilder,
  args: Fields,
  path: string,
): Output[] {
  const alias = request.alias();
  const where = target(request, table, alias, form, args, path);
  const assigned = assignments(request, table, alias, args, path);
  if (assigned.length === 0) return emptyAnswer(request, table, field, form);
  const statement = sql`UPDATE ${relation(table)} AS ${alias} SET ${join(assigned, ', ')} WHERE ${where}`;
  return answer(request, table, field, form, plan, statement, alias);
}

/** `delete_T` and `delete_T_by_pk`: related rows are shown as the statement saw them. */
export function deleteRows(
  request: Request,
  table: Table,
  field: SelectedField,
  form: ResponseForm,
  plan: PlanBuilder,
): Output[] {
  const alias = request.alias();
  const where = form === 'row' ? primaryKeyArguments(request, table, alias, field) : deleteWhere(request, table, alias, field);
  const deletion = sql`DELETE FROM ${relation(table)} AS ${alias} WHERE ${where}`;
  const statement = answeringStatement(request, table, field, form, written(request, table, field, form, deletion, alias));
  return [{ step: plan.addSql(statement, '$'), column: 0 }];
}

function deleteWhere(request: Request, table: Table, alias: Sql, field: SelectedField): Sql {
  const args = argumentsOf(request, field, (name) => (name === 'where' ? `${table.name}_bool_exp!` : undefined));
  return target(request, table, alias, 'response', args, `${field.path}.args`);
}

function answer(
  request: Request,
  table: Table,
  field: SelectedField,
  form: ResponseForm,
  plan: PlanBuilder,
  statement: Sql,
  alias: Sql,
): Output[] {
  if (!showsRelated(request, table, field, form)) {
    const direct = answeringStatement(request, table, field, form, written(request, table, field, form, statement, alias));
    return [{ step: plan.addSql(direct, '$'), column: 0 }];
  }
  const writing = sql`WITH "$written" AS (${statement} RETURNING ${alias}.*) SELECT count(*), ${boundedTexts(raw('"$written"'))} FROM "$written"`;
  const step = plan.addSql(writing, '$');
  return answerLater(request, table, field, form, plan, { counts: [{ step, column: 0 }], rows: [{ step, column: 1 }] });
}

function written(request: Request, table: Table, field: SelectedField, form: ResponseForm, statement: Sql, alias: Sql) {
  const returning = showsRows(request, table, field, form) ? sql`${alias}.*` : raw('1');
  return {
    expressions: sql`"$written" AS (${statement} RETURNING ${returning})`,
    affected: raw('(SELECT count(*) FROM "$written")'),
  };
}

function target(request: Request, table: Table, alias: Sql, form: ResponseForm, args: Fields, path: string): Sql {
  if (form === 'response') return requiredCondition(request, table, alias, required(args, 'where', path), `${path}.where`);
  const typeName = `${table.name}_pk_columns_input`;
  const keyPath = `${path}.pk_columns`;
  const types = new Map(table.primaryKey.map((column) => [column.name, `${column.type.name}!`]));
  const fields = objectFields(request, required(args, 'pk_columns', path), typeName, (name) => types.get(name), keyPath);
  return primaryKeyCondition(request, table, alias, fields, keyPath);
}

/** The arguments of a `_by_pk` field: all columns of the key. */
export function primaryKeyArguments(request: Request, table: Table, alias: Sql, field: SelectedField): Sql {
  const types = new Map(table.primaryKey.map((column) => [column.name, `${column.type.name}!`]));
  const args = argumentsOf(request, field, (name) => types.get(name));
  return primaryKeyCondition(request, table, alias, args, `${field.path}.args`);
}

function primaryKeyCondition(request: Request, table: Table, alias: Sql, fields: Fields, path: string): Sql {
  return conjunction(
    table.primaryKey.map((column) => {
      const value = columnParameter(request, required(fields, column.name, path), column.type, `${path}.${column.name}`, false);
      return sql`${operand(alias, column)} ${equalityOf(column, column)} ${value}`;
    }),
  );
}

function assignments(request: Request, table: Table, alias: Sql, args: Fields, path: string): Sql[] {
  const assigned = new Map<Column, Sql>();
  const repeated = new Set<string>();
  for (const { operator, columns } of updateOperators(table)) {
    const input = args.get(operator.name);
    if (!input) continue;
    const byName = new Map(columns.map((column) => [column.name, column]));
    const types = (name: string): string | undefined => {
      const column = byName.get(name);
      return column && updateValueType(operator, column);
    };
    const operatorPath = `${path}.${operator.name}`;
    for (const [name, value] of objectFields(request, input, `${table.name}_${operator.input}`, types, operatorPath)) {
      const column = byName.get(name);
      if (!column) continue;
      if (assigned.has(column)) repeated.add(name);
      assigned.set(column, assignment(request, operator, column, alias, value, `${operatorPath}.${name}`));
    }
  }
  if (repeated.size > 0) {
    const names = [...repeated].map((name) => `'${name}'`).join(', ');
    throw validationFailed(path, `Column found in multiple operators: [${names}].`);
  }
  return [...assigned.values()];
}

function assignment(request: Request, operator: UpdateOperator, column: Column, alias: Sql, input: Input, path: string): Sql {
  const type = operator.valueType(column);
  const isNullable = operator.takesNull ?? (type === column.type && column.nullable);
  const value = operator.takesList
    ? listParameter(request, input, type, path)
    : columnParameter(request, input, type, path, isNullable);
  const name = raw(column.sql);
  if (!operator.infix) return sql`${name} = ${value}`;
  const current = sql`${alias}.${name}`;
  const [left, right] = operator.valueFirst ? [value, current] : [current, value];
  return sql`${name} = ${left} ${raw(operator.infix)} ${right}`;
}
