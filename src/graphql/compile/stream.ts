import { validationFailed } from '../errors';
import { operatorSql } from '../model';
import type { Column, Table } from '../model';
import { operand } from './column';
import { limitEncoder, unexpectedNull } from './encode';
import type { Input } from './input';
import { columnParameter, enumValue, fieldTypes, isNull, listItems, objectFields, windowParameter } from './input';
import { boundedJson, jsonObject } from './json';
import type { LiveRoot } from './live';
import type { Request } from './request';
import { rowFields } from './row';
import type { SelectedField } from './selection';
import { argumentsOf, required } from './selection';
import { raw, relation, sql } from './sql';
import { condition, conjunction } from './where';

/** Where a stream begins and in which order it goes. */
interface Cursor {
  readonly column: Column;
  readonly input: Input;
  readonly path: string;
  readonly ordering: string;
}

const ORDERINGS = ['ASC', 'DESC'];

/**
 * `T_stream`: the rows beyond the cursor's value, sorted by it, up to `batch_size` and those that are equal to the last
 * (contract 11.2). The further columns are the cursor's value in the last row, and whether the batch is full.
 */
export function stream(request: Request, table: Table, field: SelectedField): LiveRoot {
  const path = `${field.path}.args`;
  const types: Readonly<Record<string, string>> = {
    batch_size: 'Int!',
    cursor: `[${table.name}_stream_cursor_input]!`,
    where: `${table.name}_bool_exp`,
  };
  const args = argumentsOf(request, field, fieldTypes(types), ['where']);
  const alias = request.alias();
  const fields = rowFields(request, table, alias, field);
  const { column, input, path: valuePath, ordering } = cursorOf(request, table, required(args, 'cursor', path), `${path}.cursor`);
  const size = required(args, 'batch_size', path);
  if (isNull(request, size)) throw unexpectedNull('Int', `${path}.batch_size`);
  const count = windowParameter(request, size, limitEncoder, `${path}.batch_size`);
  const value = columnParameter(request, input, column.type, valuePath, false);
  const slot = value.only;
  if (typeof slot !== 'object' || slot.kind !== 'value') throw new Error('the value of a cursor is one parameter');
  const where = args.get('where');
  const current = operand(alias, column);
  const beyond = sql`${current} ${raw(operatorSql(column.type, ordering === 'ASC' ? '>' : '<'))} ${value}`;
  const filter = conjunction([beyond, ...(where ? [condition(request, table, alias, where, `${path}.where`)] : [])]);
  const rows = sql`SELECT ${jsonObject(fields)} AS "json", ${current}::text AS "cursor" FROM ${relation(table)} AS ${alias} WHERE ${filter} ORDER BY ${current} ${raw(ordering)} FETCH FIRST (${count}) ROWS WITH TIES`;
  const batch = sql`SELECT coalesce(json_agg("$row"."json"), '[]'::json), (array_agg("$row"."cursor"))[count(*)], count(*) >= ${count} FROM (${rows}) AS "$row"`;
  const answer = sql`SELECT ${boundedJson(raw('"$batch"."json"'))}, "$batch"."next", "$batch"."full" FROM (${batch}) AS "$batch"("json", "next", "full")`;
  return { statement: answer, width: 3, cursor: { value: slot, next: 1, isFull: 2 } };
}

function cursorOf(request: Request, table: Table, input: Input, path: string): Cursor {
  const typeName = `${table.name}_stream_cursor_input`;
  const types: Readonly<Record<string, string>> = {
    initial_value: `${table.name}_stream_cursor_value_input!`,
    ordering: 'cursor_ordering',
  };
  const cursors = listItems(request, input, typeName, path).flatMap(({ item, path: itemPath }): Cursor[] => {
    if (isNull(request, item)) return [];
    const fields = objectFields(request, item, typeName, fieldTypes(types), itemPath);
    const valuePath = `${itemPath}.initial_value`;
    const valueTypes = (name: string): string | undefined => table.columns.get(name)?.type.name;
    const initial = required(fields, 'initial_value', itemPath);
    const values = objectFields(request, initial, `${table.name}_stream_cursor_value_input`, valueTypes, valuePath);
    const given = fields.get('ordering');
    const ordering =
      given && !isNull(request, given)
        ? enumValue(request, given, 'cursor_ordering', ORDERINGS, `${itemPath}.ordering`)
        : ORDERINGS[0];
    return [...values].flatMap(([name, value]) => {
      const column = table.columns.get(name);
      return column ? [{ column, input: value, path: `${valuePath}.${name}`, ordering: ordering ?? 'ASC' }] : [];
    });
  });
  const [only] = cursors;
  if (!only) throw validationFailed(path, 'one streaming column field is expected');
  if (cursors.length > 1) throw validationFailed(path, 'multiple column cursors are not supported yet');
  return only;
}
