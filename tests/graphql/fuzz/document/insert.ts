import type { ColumnModel, RelationshipModel, TableModel } from '../schema/model';
import type { Context } from './context';
import { enumLeaf, object } from './input';
import type { Input, Shape } from './input';
import { connectedValues, ownValue } from './row-values';
import { chosenInput, listShape } from './values';
import { whereInput } from './where';

type Field = [string, Input];

/** What objects are drawn for. */
interface Place {
  readonly table: TableModel;
  /** The columns that a parent determines. */
  readonly determined: readonly ColumnModel[];
  readonly depth: number;
  /** There is an `on_conflict`, so that rows may have keys that are taken. */
  readonly collides: boolean;
}

/** The arguments of `insert_T`, or of `insert_T_one`. */
export function insertArguments(context: Context, table: TableModel, isOne: boolean): Field[] {
  const collides = mayCollide(context, table, 40);
  const place = { table, determined: [], depth: 2, collides };
  const data: Field = isOne ? ['object', objectInput(context, place)] : ['objects', objectsInput(context, place)];
  return collides ? [data, ['on_conflict', conflictInput(context, table)]] : [data];
}

function mayCollide({ draw }: Context, table: TableModel, percent: number): boolean {
  return table.keys.length > 0 && draw.chance(percent);
}

/** `[T_insert_input!]!` with rows that mostly can be stored. */
function objectsInput(context: Context, place: Place): Input {
  const { draw } = context;
  const make = (): Shape =>
    listShape(
      context,
      draw.times(draw.chance(90) ? 1 : 0, 3, () => objectInput(context, place)),
    );
  return context.input(`[${place.table.name}_insert_input!]!`, make);
}

/** A `T_insert_input!`, without the columns that are determined. */
function objectInput(context: Context, place: Place): Input {
  const { table, determined, depth } = place;
  return context.input(`${table.name}_insert_input!`, () => {
    const related = depth > 0 ? relatedOf(context, place) : [];
    const before = related.filter(({ insertion }) => insertion === 'before');
    const taken = [...determined, ...before.flatMap(({ mapping }) => mapping.map(([own]) => own))];
    const fields = columnFields(context, place, taken);
    for (const each of related) fields.push([each.name, relatedInput(context, each, depth - 1)]);
    return object(context.draw.some(fields, fields.length, fields.length));
  });
}

/** Relationships to insert through: none of them determines a column that another does. */
function relatedOf(context: Context, { table, determined }: Place): RelationshipModel[] {
  const { draw } = context;
  if (table.relationships.length === 0 || !draw.chance(35) || !context.spend(6)) return [];
  const taken = new Set(determined);
  return draw.some(table.relationships, 1, 2).filter(({ insertion, mapping }) => {
    const own = insertion === 'before' ? mapping.map(([column]) => column) : [];
    if (own.some((column) => taken.has(column))) return false;
    for (const column of own) taken.add(column);
    return true;
  });
}

function relatedInput(context: Context, { kind, target, mapping, insertion }: RelationshipModel, depth: number): Input {
  const determined = insertion === 'after' ? mapping.map(([, other]) => other) : [];
  const type = `${target.name}_${kind === 'object' ? 'obj' : 'arr'}_rel_insert_input`;
  const make = (): Shape => {
    const collides = mayCollide(context, target, 30);
    const place = { table: target, determined, depth, collides };
    const data = kind === 'object' ? objectInput(context, place) : objectsInput(context, place);
    const conflict: Field[] = collides ? [['on_conflict', conflictInput(context, target)]] : [];
    return object([['data', data], ...conflict]);
  };
  return context.input(type, make, { mayBeNull: true });
}

/** The columns that are given: nearly all that must be, and some that need not. */
function columnFields(context: Context, { table, collides }: Place, taken: readonly ColumnModel[]): Field[] {
  const { draw } = context;
  const free = table.columns.filter((column) => !taken.includes(column));
  const values = connectedValues(context, table, free, collides);
  return free.flatMap((column): Field[] => {
    const isNeeded = !column.nullable && !column.fallback;
    const percent = isNeeded ? 98 : column.fallback?.kind === 'sequence' ? 40 : 60;
    if (!values.has(column) && !draw.chance(percent)) return [];
    return [[column.name, chosenInput(context, column, () => values.get(column) ?? ownValue(context, table, column))]];
  });
}

/** A `T_on_conflict`. */
function conflictInput(context: Context, table: TableModel): Input {
  const { draw } = context;
  return context.input(`${table.name}_on_conflict`, () => {
    const fields: Field[] = [
      ['constraint', context.input(`${table.name}_constraint!`, () => enumLeaf(draw.pick(table.keys).name))],
    ];
    if (draw.chance(75)) fields.push(['update_columns', updateColumns(context, table)]);
    if (draw.chance(35)) fields.push(['where', whereInput(context, table, false, 2)]);
    return object(fields);
  });
}

function updateColumns(context: Context, table: TableModel): Input {
  const { draw } = context;
  const name = `${table.name}_update_column`;
  const keys = [...table.keys, ...table.foreignKeys].flatMap(({ columns }) => columns);
  const others = table.columns.filter((column) => !keys.includes(column));
  const item = ({ name: column }: ColumnModel): Input => context.input(`${name}!`, () => enumLeaf(column), { isFixed: true });
  const make = (): Shape => {
    const from = others.length > 0 && draw.chance(80) ? others : table.columns;
    return listShape(context, draw.some(from, draw.chance(80) ? 1 : 0, 3).map(item));
  };
  return context.input(`[${name}!]!`, make);
}
