import { comparisonType } from '../data/types';
import type { RelationshipModel, TableModel } from '../schema/model';
import { columnsInput } from './columns';
import type { Context } from './context';
import { enumLeaf, leaf, object } from './input';
import type { Input, Shape } from './input';
import { operators } from './operators';
import { listShape } from './values';

const DEPTH = 3;

/** A `T_bool_exp` (contract 3). */
export function whereInput(context: Context, table: TableModel, isRequired = false, depth = DEPTH): Input {
  const name = `${table.name}_bool_exp`;
  const purpose = `where ${depth === DEPTH}`;
  return context.input(isRequired ? `${name}!` : name, () => whereShape(context, table, depth), { purpose });
}

function whereShape(context: Context, table: TableModel, depth: number): Shape {
  const { draw } = context;
  const count = draw.weighted([
    [12, 1],
    [5, 2],
    [2, 3],
    [1, 0],
  ] as const);
  const fields = new Map<string, Input>();
  for (let index = 0; index < count; index += 1) {
    const [name, make] = part(context, table, depth);
    if (!fields.has(name)) fields.set(name, make());
  }
  return object([...fields]);
}

function part(context: Context, table: TableModel, depth: number): [string, () => Input] {
  const { draw } = context;
  const deeper = depth > 0 && context.spend(1);
  const lists = table.relationships.filter(({ kind }) => kind === 'array');
  const kind = draw.weighted([
    [12, 'column'],
    [deeper ? 3 : 0, '_and'],
    [deeper ? 3 : 0, '_or'],
    [deeper ? 3 : 0, '_not'],
    [deeper && table.relationships.length > 0 ? 5 : 0, 'relationship'],
    [deeper && lists.length > 0 ? 3 : 0, 'aggregate'],
  ] as const);
  if (kind === 'column') {
    const column = draw.pick(table.columns);
    return [
      column.name,
      () => context.input(comparisonType(column.type), () => object(operators(context, column.type)), { purpose: column.type }),
    ];
  }
  if (kind === '_not') return ['_not', () => whereInput(context, table, false, depth - 1)];
  if (kind === '_and' || kind === '_or') return [kind, () => combined(context, table, depth - 1)];
  if (kind === 'relationship') {
    const { name, target } = draw.pick(table.relationships);
    return [name, () => whereInput(context, target, false, depth - 1)];
  }
  const list = draw.pick(lists);
  return [`${list.name}_aggregate`, () => aggregated(context, list, depth - 1)];
}

function combined(context: Context, table: TableModel, depth: number): Input {
  const make = (): Shape =>
    listShape(
      context,
      context.draw.times(0, 3, () => whereInput(context, table, true, depth)),
    );
  return context.input(`[${table.name}_bool_exp!]`, make);
}

function aggregated(context: Context, { target }: RelationshipModel, depth: number): Input {
  const { draw } = context;
  const type = `${target.name}_aggregate_bool_exp`;
  const hasBooleans = target.columns.some((column) => column.type === 'bool');
  return context.input(type, () => {
    const kind = draw.weighted([
      [3, 'count'],
      [hasBooleans ? 1 : 0, 'bool_and'],
      [hasBooleans ? 1 : 0, 'bool_or'],
    ] as const);
    return object([[kind, context.input(`${type}_${kind}`, () => object(predicate(context, target, type, kind, depth)))]]);
  });
}

function predicate(context: Context, target: TableModel, type: string, kind: string, depth: number): [string, Input][] {
  const { draw } = context;
  const isCount = kind === 'count';
  const fields: [string, Input][] = [];
  const booleans = target.columns.filter((column) => column.type === 'bool');
  const booleanArgument = (): Shape => enumLeaf(draw.pick(booleans).name);
  if (!isCount)
    fields.push(['arguments', context.input(`${target.name}_select_column_${type}_${kind}_arguments_columns!`, booleanArgument)]);
  else if (draw.chance(50)) fields.push(['arguments', columnsInput(context, target, 1)]);
  if (draw.chance(30)) fields.push(['distinct', context.input('Boolean', () => leaf(draw.chance(60)))]);
  if (draw.chance(40)) fields.push(['filter', whereInput(context, target, false, depth)]);
  const operand = isCount ? 'int4' : 'bool';
  fields.push(['predicate', context.input(`${comparisonType(operand)}!`, () => object(operators(context, operand)))]);
  return draw.chance(50) ? fields : fields.reverse();
}
