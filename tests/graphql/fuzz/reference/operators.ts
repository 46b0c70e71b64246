import { isList, JsonObject } from '../data/json';
import type { Json } from '../data/json';
import { contains, hasKey, jsonbText } from '../data/jsonb';
import { cellOf, compareCells, elementOf, isEqual, isText, Jsonb } from '../data/types';
import type { Cell, TypeName } from '../data/types';
import { and, not, or } from './logic';
import type { Truth } from './logic';
import { isLike, isSimilar, matches } from './patterns';

/** A `comparison_exp` on a value: all its operators hold. */
export function compares(type: TypeName, cell: Cell, comparison: Json): Truth {
  if (!(comparison instanceof JsonObject)) throw new Error('a comparison is an object');
  return and(comparison.entries.map(([operator, operand]) => holds(type, cell, operator, operand)));
}

/** One operator; a comparison with SQL's NULL is neither true nor false (contract 3). */
function holds(type: TypeName, cell: Cell, operator: string, operand: Json): Truth {
  if (operator === '_is_null') return (cell === null) === operand;
  if (operator === '_in' || operator === '_nin') {
    const isAny = or(listOf(operand).map((item) => (cell === null ? null : isEqual(type, cell, cellOf(type, item)))));
    return operator === '_in' ? isAny : not(isAny);
  }
  if (operator === '_cast') {
    const text = operand instanceof JsonObject ? operand.get('String') : undefined;
    if (text === undefined) return true;
    return compares('text', cell instanceof Jsonb ? jsonbText(cell.value) : null, text);
  }
  if (cell === null) return null;
  if (cell instanceof Jsonb && operator.startsWith('_has')) return hasKeys(cell.value, operator, operand);
  if (typeof cell === 'string' && typeof operand === 'string' && isText(type)) {
    const known = TEXT[operator];
    if (known) return known(cell, operand);
  }
  const other = cellOf(type, operand);
  const ordered = ORDERED[operator];
  if (ordered) return ordered(compareCells(type, cell, other));
  if (operator === '_contains') return isContained(type, other, cell);
  if (operator === '_contained_in') return isContained(type, cell, other);
  throw new Error(`${operator} has no meaning for ${type}`);
}

const ORDERED: Readonly<Record<string, (difference: number) => boolean>> = {
  _eq: (difference) => difference === 0,
  _neq: (difference) => difference !== 0,
  _gt: (difference) => difference > 0,
  _lt: (difference) => difference < 0,
  _gte: (difference) => difference >= 0,
  _lte: (difference) => difference <= 0,
};

const TEXT: Readonly<Record<string, (text: string, pattern: string) => boolean>> = {
  _like: (text, pattern) => isLike(text, pattern, false),
  _nlike: (text, pattern) => !isLike(text, pattern, false),
  _ilike: (text, pattern) => isLike(text, pattern, true),
  _nilike: (text, pattern) => !isLike(text, pattern, true),
  _similar: isSimilar,
  _nsimilar: (text, pattern) => !isSimilar(text, pattern),
  _regex: (text, pattern) => matches(text, pattern, false),
  _nregex: (text, pattern) => !matches(text, pattern, false),
  _iregex: (text, pattern) => matches(text, pattern, true),
  _niregex: (text, pattern) => !matches(text, pattern, true),
};

function hasKeys(value: Json, operator: string, operand: Json): boolean {
  const keys = listOf(operand).map((key) => String(key as string));
  if (operator === '_has_keys_all') return keys.every((key) => hasKey(value, key));
  return keys.some((key) => hasKey(value, key));
}

function isContained(type: TypeName, part: Cell, whole: Cell): boolean {
  if (part instanceof Jsonb && whole instanceof Jsonb) return contains(whole.value, part.value);
  const element = elementOf(type);
  if (!element) throw new Error(`${type} has no containment`);
  const has = (item: Cell): boolean =>
    item !== null && (whole as Cell[]).some((other) => other !== null && isEqual(element, item, other));
  return (part as Cell[]).every(has);
}

/** A single value counts as a list of one. */
export function listOf(value: Json): readonly Json[] {
  return isList(value) ? value : [value];
}
