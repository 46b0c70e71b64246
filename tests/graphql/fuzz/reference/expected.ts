import type { Decimal } from '../data/decimal';
import type { Json } from '../data/json';
import { Jsonb, jsonOf } from '../data/types';
import type { Cell, TypeName } from '../data/types';

/** What an answer has to be, with what is not determined left open. */
export type Expected =
  /** The JSON itself, with the digits of its numbers. */
  | { readonly kind: 'exactly'; readonly json: Json }
  /** A number by its value: `1.50` is `1.5`. */
  | { readonly kind: 'number'; readonly value: Decimal | number }
  /** A number that is computed with rounding; `size` is that of what it was computed from. */
  | { readonly kind: 'about'; readonly value: number; readonly size: number }
  /** A number as a string. */
  | { readonly kind: 'text'; readonly of: Expected }
  | { readonly kind: 'object'; readonly fields: readonly (readonly [string, Expected])[] }
  /** A list whose groups come one after the other; within a group any order will do. */
  | { readonly kind: 'list'; readonly groups: readonly (readonly Expected[])[] };

/** The contract leaves open what comes, so that nothing can be compared. */
export class Undetermined extends Error {}

/** An error that the contract promises: one of these codes. */
export class ExpectedError extends Error {
  constructor(readonly codes: readonly string[]) {
    super(codes.join(' or '));
  }
}

export const NULL: Expected = { kind: 'exactly', json: null };

export function exactly(json: Json): Expected {
  return { kind: 'exactly', json };
}

/** A cell as Postgres' JSON functions give it. */
export function cellJson(type: TypeName, cell: Cell): Expected {
  if (cell instanceof Jsonb) return exactly(cell.value);
  if (typeof cell === 'number') return { kind: 'number', value: cell };
  return exactly(jsonOf(type, cell));
}

const STRINGIFIED: readonly TypeName[] = ['int8', 'numeric', 'float8'];

/** The numbers of some columns, and what is computed from them, are strings when that is asked for (contract 2). */
export function stringified(isOn: boolean, type: TypeName, expected: Expected): Expected {
  const isNull = expected.kind === 'exactly' && expected.json === null;
  return isOn && STRINGIFIED.includes(type) && !isNull ? { kind: 'text', of: expected } : expected;
}
