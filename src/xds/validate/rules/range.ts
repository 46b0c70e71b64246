import type { Test } from '../violation';
import type { ListRules, RangeRules } from './types';

/**
 * lt, lte, gt, gte. As protoc-gen-validate has it, bounds that do not leave a range in between stand for all that lies
 * outside; NaN breaks no bound.
 */
export function rangeTests<T extends number | bigint>(rules: RangeRules<T>, show: (bound: T) => string = String): Test<T>[] {
  const { lt, lte, gt, gte } = rules;
  const high = lt ?? lte;
  const low = gt ?? gte;
  const isAbove = lt !== undefined ? (value: T) => value >= lt : (value: T) => lte !== undefined && value > lte;
  const isBelow = gt !== undefined ? (value: T) => value <= gt : (value: T) => gte !== undefined && value < gte;
  const above = high === undefined ? '' : `less than ${lt === undefined ? 'or equal to ' : ''}${show(high)}`;
  const below = low === undefined ? '' : `greater than ${gt === undefined ? 'or equal to ' : ''}${show(low)}`;
  if (high !== undefined && low !== undefined) {
    if (high > low) return [(value) => (isAbove(value) || isBelow(value) ? `value must be ${below} and ${above}` : undefined)];
    return [(value) => (isAbove(value) && isBelow(value) ? `value must be ${above} or ${below}` : undefined)];
  }
  if (high !== undefined) return [(value) => (isAbove(value) ? `value must be ${above}` : undefined)];
  if (low !== undefined) return [(value) => (isBelow(value) ? `value must be ${below}` : undefined)];
  return [];
}

/** const, in, not_in; for values that `===` compares. */
export function listTests<T>(rules: ListRules<T>, show: (value: T) => string = String): Test<T>[] {
  const { const: only, in: allowed, notIn: refused } = rules;
  const tests: Test<T>[] = [];
  const all = (values: readonly T[]): string => `[${values.map(show).join(', ')}]`;
  if (only !== undefined) tests.push((value) => (value === only ? undefined : `value must equal ${show(only)}`));
  if (allowed) {
    const set = new Set(allowed);
    tests.push((value) => (set.has(value) ? undefined : `value must be in list ${all(allowed)}`));
  }
  if (refused) {
    const set = new Set(refused);
    tests.push((value) => (set.has(value) ? `value must not be in list ${all(refused)}` : undefined));
  }
  return tests;
}
