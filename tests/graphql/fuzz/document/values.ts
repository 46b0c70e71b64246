import { inAnotherForm } from '../data/domain';
import { isList } from '../data/json';
import type { Json } from '../data/json';
import { cellOf, elementOf, graphqlType, textOf } from '../data/types';
import type { TypeName } from '../data/types';
import type { ColumnModel } from '../schema/model';
import type { Context } from './context';
import { leaf } from './input';
import type { Input, Shape } from './input';

/** A value of a column's type, in any form that the contract allows for it. */
export function valueInput(context: Context, type: TypeName, isRequired = false): Input {
  const name = `${graphqlType(type)}${isRequired ? '!' : ''}`;
  return context.input(name, () => valueShape(context, type, context.domain.value(context.draw, type)), {
    purpose: `value ${type}`,
  });
}

/** The value that `choose` draws for a column; null now and then when the position and the column take it. */
export function chosenInput(context: Context, { type, nullable }: ColumnModel, choose: () => Json, isRequired = false): Input {
  const make = (): Shape => {
    const value = choose();
    return value === null ? leaf(null) : valueShape(context, type, value);
  };
  return context.input(`${graphqlType(type)}${isRequired ? '!' : ''}`, make, { mayBeNull: nullable });
}

function valueShape(context: Context, type: TypeName, value: Json): Shape {
  const { draw } = context;
  const element = elementOf(type);
  if (type === 'jsonb') return jsonShape(context, value);
  if (!element || !isList(value)) return leaf(inAnotherForm(draw, type, value));
  if (draw.chance(15)) return leaf(textOf(type, cellOf(type, draw.chance(30) ? [...value, null] : value)));
  return listShape(
    context,
    value.map((item) => elementInput(context, element, item)),
  );
}

function elementInput(context: Context, type: TypeName, value: Json): Input {
  return context.input(`${graphqlType(type)}!`, () => leaf(inAnotherForm(context.draw, type, value)), { isFixed: true });
}

/** A list, without its brackets now and then when it has one item. */
export function listShape({ draw }: Context, items: readonly Input[]): Shape {
  const [only] = items;
  return { form: 'list', items, isBare: items.length === 1 && only !== undefined && mayBeBare(only) && draw.chance(25) };
}

/** A variable would have the wrong type, a list would be the list itself, and a string may be an array in Postgres' notation. */
function mayBeBare(item: Input): boolean {
  if (item.kind === 'variable' || item.form === 'list') return false;
  return item.form === 'object' || item.isEnum === true || !(isList(item.json) || typeof item.json === 'string');
}

/** JSON with variables inside now and then, as the contract has it of json and jsonb literals. */
function jsonShape(context: Context, value: Json): Shape {
  if (!isList(value) || !context.draw.chance(30)) return leaf(value);
  return { form: 'list', items: value.map((item) => jsonItem(context, item)) };
}

/** A null stays in the text: a variable may be declared to have none. */
function jsonItem(context: Context, item: Json): Input {
  return item === null
    ? { type: 'jsonb', kind: 'written', ...leaf(null) }
    : context.input('jsonb', () => leaf(item), { isFixed: true });
}

/** A list of values for `_in`, `_nin`. */
export function valuesInput(context: Context, type: TypeName): Input {
  const { draw } = context;
  const name = graphqlType(type);
  return context.input(
    `[${name}!]`,
    () =>
      listShape(
        context,
        draw.times(0, 3, () => valueInput(context, type, true)),
      ),
    { purpose: `values ${type}` },
  );
}
