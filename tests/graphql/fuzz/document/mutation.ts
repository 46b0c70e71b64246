import type { TableModel } from '../schema/model';
import type { Document, FieldNode } from './ast';
import type { Context } from './context';
import { finish } from './finish';
import { insertArguments } from './insert';
import { rowSource } from './rows';
import { field, Scope, selections } from './selections';
import type { Source } from './selections';
import { changes, keyFields, keyInput, updatesInput } from './update';
import { whereInput } from './where';

/** A mutation with one root field or several, which are one transaction. */
export function drawMutation(context: Context): Document {
  return finish(context, 'mutation', selections(context, mutationRoot, new Scope(false)));
}

const mutationRoot: Source = {
  type: 'mutation_root',
  isRoot: true,
  field(context, scope) {
    const { draw } = context;
    const table = draw.pick(context.schema.tables);
    const hasKey = table.primaryKey ? 1 : 0;
    const kind = draw.weighted([
      [6, 'insert'],
      [3, 'insertOne'],
      [4, 'update'],
      [2 * hasKey, 'updateByPk'],
      [3, 'updateMany'],
      [3, 'delete'],
      [2 * hasKey, 'deleteByPk'],
      [1, '__typename'],
    ] as const);
    if (kind === '__typename') return field(context, scope, kind);
    return rootField(context, scope, table, kind);
  },
};

type Kind = 'insert' | 'insertOne' | 'update' | 'updateByPk' | 'updateMany' | 'delete' | 'deleteByPk';

function rootField(context: Context, scope: Scope, table: TableModel, kind: Kind): FieldNode {
  const { name } = table;
  const row = rowSource(table, 2);
  const response = responseSource(table);
  switch (kind) {
    case 'insert':
      return field(context, scope, `insert_${name}`, insertArguments(context, table, false), response);
    case 'insertOne':
      return field(context, scope, `insert_${name}_one`, insertArguments(context, table, true), row);
    case 'update':
      return field(
        context,
        scope,
        `update_${name}`,
        [['where', whereInput(context, table, true)], ...changes(context, table)],
        response,
      );
    case 'updateByPk':
      return field(
        context,
        scope,
        `update_${name}_by_pk`,
        [['pk_columns', keyInput(context, table)], ...changes(context, table)],
        row,
      );
    case 'updateMany':
      return field(context, scope, `update_${name}_many`, [['updates', updatesInput(context, table)]], response);
    case 'delete':
      return field(context, scope, `delete_${name}`, [['where', whereInput(context, table, true)]], response);
    case 'deleteByPk':
      return field(context, scope, `delete_${name}_by_pk`, keyFields(context, table), row);
  }
}

/** The fields of `T_mutation_response`. */
function responseSource(table: TableModel): Source {
  return {
    type: `${table.name}_mutation_response`,
    field(context, scope) {
      const name = context.draw.weighted([
        [4, 'affected_rows'],
        [6, 'returning'],
        [1, '__typename'],
      ] as const);
      return field(context, scope, name, [], name === 'returning' ? rowSource(table, 2) : undefined);
    },
  };
}
