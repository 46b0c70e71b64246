import { isNumeric, isOrdered } from '../data/types';
import type { ColumnModel, RelationshipModel, TableModel } from '../schema/model';
import type { Context } from './context';
import { enumLeaf, object } from './input';
import type { Input, Shape } from './input';
import { listShape } from './values';

const DIRECTIONS = ['asc', 'desc', 'asc_nulls_first', 'asc_nulls_last', 'desc_nulls_first', 'desc_nulls_last'];

/** Aggregates whose values are exact, so that equal ones are ties. */
const EXACT = ['max', 'min', 'sum'];
const ROUNDED = ['avg', 'stddev', 'stddev_pop', 'stddev_samp', 'var_pop', 'var_samp', 'variance'];

/** Drawn where it stands: in a variable's value there are no variables. */
type Key = readonly [string, () => Input];

/**
 * An `order_by`: drawn keys after the `leading` columns, and then mostly all that makes the order total, so that limits
 * and the like have one answer.
 */
export function orderInput(context: Context, table: TableModel, leading: readonly ColumnModel[]): Input {
  const { draw } = context;
  const isFixed = leading.length > 0;
  const type = `[${table.name}_order_by!]`;
  return context.input(type, () => orderShape(context, table, draw.some(leading, leading.length, leading.length)), {
    isFixed,
    mayBeNull: !isFixed,
  });
}

function orderShape(context: Context, table: TableModel, leading: readonly ColumnModel[]): Shape {
  const { draw } = context;
  const drawn = draw.times(0, 2, () => key(context, table, 2));
  const total = draw.chance(85) ? (table.primaryKey?.columns ?? table.columns) : [];
  const keys = [
    ...leading.map((column) => columnKey(context, column)),
    ...drawn,
    ...total.map((column) => columnKey(context, column)),
  ];
  return listShape(context, objects(context, table, keys));
}

/** The keys as one object each, or several in one object, whose order counts as that of the document. */
function objects(context: Context, table: TableModel, keys: readonly Key[]): Input[] {
  const { draw } = context;
  const groups: Key[][] = [];
  for (const each of keys) {
    const last = groups.at(-1);
    if (last && draw.chance(25) && !last.some(([name]) => name === each[0])) last.push(each);
    else groups.push([each]);
  }
  return groups.map((group) => context.input(`${table.name}_order_by!`, () => object(group.map(made)), { isFixed: true }));
}

function columnKey(context: Context, { name }: ColumnModel): Key {
  return [name, () => direction(context)];
}

function direction(context: Context, mayBeNull = false): Input {
  return context.input(
    'order_by',
    () => enumLeaf(context.draw.pick(DIRECTIONS)),
    mayBeNull ? { mayBeNull } : { purpose: 'direction' },
  );
}

function key(context: Context, table: TableModel, depth: number): Key {
  const { draw } = context;
  const objectsOf = table.relationships.filter(({ kind }) => kind === 'object');
  const lists = table.relationships.filter(({ kind }) => kind === 'array');
  const deeper = depth > 0 && context.spend(1);
  const kind = draw.weighted([
    [5, 'column'],
    [deeper && objectsOf.length > 0 ? 3 : 0, 'object'],
    [deeper && lists.length > 0 ? 3 : 0, 'aggregate'],
  ] as const);
  if (kind === 'column') return [draw.pick(table.columns).name, () => direction(context, true)];
  if (kind === 'object') {
    const { name, target } = draw.pick(objectsOf);
    const below = (): Shape => object([made(key(context, target, depth - 1))]);
    return [name, () => context.input(`${target.name}_order_by`, below, { isFixed: true, mayBeNull: true })];
  }
  const list = draw.pick(lists);
  return [`${list.name}_aggregate`, () => aggregateKey(context, list)];
}

function made([name, make]: Key): [string, Input] {
  return [name, make()];
}

function aggregateKey(context: Context, { target }: RelationshipModel): Input {
  const { draw } = context;
  const type = `${target.name}_aggregate_order_by`;
  return context.input(type, () => {
    const name = draw.weighted([
      [3, 'count'],
      [4, draw.pick(EXACT)],
      [1, draw.pick(ROUNDED)],
    ] as const);
    const columns = target.columns.filter((column) => (name === 'max' || name === 'min' ? isOrdered : isNumeric)(column.type));
    if (name === 'count' || columns.length === 0) return object([['count', direction(context)]]);
    const column = draw.pick(columns);
    return object([[name, context.input(`${target.name}_${name}_order_by`, () => object([made(columnKey(context, column))]))]]);
  });
}
