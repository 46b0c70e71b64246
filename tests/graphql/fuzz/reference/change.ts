import { Decimal } from '../data/decimal';
import type { Json } from '../data/json';
import { concatenate, JsonbError, without, withoutPath } from '../data/jsonb';
import { cellOf, Jsonb } from '../data/types';
import type { Cell, TypeName } from '../data/types';
import { ExpectedError } from './expected';
import { listOf } from './operators';

const BITS: Partial<Record<TypeName, number>> = { int2: 16, int4: 32, int8: 64 };

/**
 * What an update operator makes of a cell (contract 7). NULL stays NULL.
 * @throws ExpectedError for what Postgres cannot compute
 */
export function changed(operator: string, type: TypeName, cell: Cell, operand: Json): Cell {
  if (operator === '_set') return cellOf(type, operand);
  if (cell === null || operand === null) return null;
  if (operator === '_inc') return sum(type, cell, cellOf(type, operand));
  if (!(cell instanceof Jsonb)) throw new Error(`${operator} is for jsonb`);
  try {
    return new Jsonb(changedJson(operator, cell.value, operand));
  } catch (error) {
    if (error instanceof JsonbError) throw new ExpectedError(['data-exception']);
    throw error;
  }
}

function sum(type: TypeName, a: Cell, b: Cell): Cell {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (!(a instanceof Decimal) || !(b instanceof Decimal)) throw new Error(`${type} has no sum`);
  const total = a.add(b);
  const bits = BITS[type];
  if (bits !== undefined && BigInt.asIntN(bits, total.unscaled) !== total.unscaled) throw new ExpectedError(['data-exception']);
  return total;
}

function changedJson(operator: string, value: Json, operand: Json): Json {
  const given = cellOf('jsonb', operand);
  const other = given instanceof Jsonb ? given.value : null;
  switch (operator) {
    case '_append':
      return concatenate(value, other);
    case '_prepend':
      return concatenate(other, value);
    case '_delete_key':
      return without(value, String(operand as string));
    case '_delete_elem':
      return without(value, Number(String(operand as Decimal)));
    case '_delete_at_path':
      return withoutPath(
        value,
        listOf(operand).map((step) => String(step as string)),
      );
    default:
      throw new Error(`there is no update operator ${operator}`);
  }
}
