import { Decimal } from '../data/decimal';
import { JsonObject } from '../data/json';
import type { Json } from '../data/json';
import type { Row, State } from '../data/rows';
import type { Document } from '../document/ast';
import type { SchemaModel, TableModel } from '../schema/model';
import type { Field } from './collect';
import { deleteRows } from './delete';
import { exactly } from './expected';
import type { Expected } from './expected';
import { insertObjects } from './insert';
import { listOf } from './operators';
import { answerObject, answerRow, rowByKey } from './select';
import { updateRows } from './update';
import { meets } from './where';
import { World } from './world';

/** What a mutation answers and leaves behind. */
export interface Mutated {
  readonly data: Expected;
  readonly state: State;
}

/**
 * The root fields of a mutation in order, each seeing what those before it did (contract 6, 7, 8).
 * @throws ExpectedError at the first error, after which everything is as it was
 */
export function answerMutation(schema: SchemaModel, state: State, { selections }: Document): Mutated {
  const world = new World(state);
  const data = answerObject('mutation_root', selections, (field) => {
    for (const table of schema.tables) {
      const run = rootFields(schema, world, table)[field.name];
      if (run) return run(field);
    }
    throw new Error(`there is no root field ${field.name}`);
  });
  return { data, state: world.tables };
}

type Run = (field: Field) => Expected;

function rootFields(schema: SchemaModel, world: World, table: TableModel): Readonly<Record<string, Run>> {
  const { name } = table;
  const view = (state: State) => ({ schema, state });
  const matching = (where: Json | undefined): Row[] => {
    const before = world.snapshot();
    return world.rows(table).filter((row) => meets(before, table, row, where ?? null) === true);
  };
  const one = (row: Row | undefined, field: Field, state = world.snapshot()): Expected =>
    answerRow(view(state), table, row, field.selections);
  const response = (
    rows: readonly Row[],
    affected: number,
    field: Field,
    isOrdered: boolean,
    state = world.snapshot(),
  ): Expected =>
    answerObject(`${name}_mutation_response`, field.selections, ({ name: each, selections }) => {
      if (each === 'affected_rows') return exactly(Decimal.of(affected));
      const answers = rows.map((row) => answerRow(view(state), table, row, selections));
      return { kind: 'list', groups: isOrdered ? answers.map((answer) => [answer]) : [answers] };
    });
  const updated = (args: ReadonlyMap<string, Json>, field: Field): Expected => {
    const rows = updateRows(world, table, matching(args.get('where')), args);
    return response(rows, rows.length, field, false);
  };
  const byKey = (key: Json | undefined): Row | undefined =>
    rowByKey(world.tables, table, new Map(key instanceof JsonObject ? key.entries : []));
  /** The related rows of deleted ones are shown as the statement saw them. */
  const deleted = (rows: readonly Row[]): State => {
    const before = world.snapshot();
    deleteRows(world, table, rows);
    return before;
  };
  return {
    [`insert_${name}`]: (field) => {
      const { rows, affected } = insertObjects(
        world,
        table,
        field.args.get('objects') ?? [],
        field.args.get('on_conflict') ?? null,
      );
      return response(rows, affected, field, true);
    },
    [`insert_${name}_one`]: (field) => {
      const { rows } = insertObjects(world, table, [field.args.get('object') ?? null], field.args.get('on_conflict') ?? null);
      return one(rows[0], field);
    },
    [`update_${name}`]: (field) => updated(field.args, field),
    [`update_${name}_by_pk`]: (field) => {
      const row = byKey(field.args.get('pk_columns'));
      return one(updateRows(world, table, row ? [row] : [], field.args)[0], field);
    },
    [`update_${name}_many`]: (field) => {
      const updates = listOf(field.args.get('updates') ?? []);
      const answers = updates.map((update) => updated(new Map(update instanceof JsonObject ? update.entries : []), field));
      return { kind: 'list', groups: answers.map((answer) => [answer]) };
    },
    [`delete_${name}`]: (field) => {
      const rows = matching(field.args.get('where'));
      const before = deleted(rows);
      return response(rows, rows.length, field, false, before);
    },
    [`delete_${name}_by_pk`]: (field) => {
      const row = rowByKey(world.tables, table, field.args);
      const before = deleted(row ? [row] : []);
      return one(row, field, before);
    },
  };
}
