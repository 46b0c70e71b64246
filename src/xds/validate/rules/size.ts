import type { Test } from '../violation';

/** Bounds of a size; absent is no bound. */
export interface SizeRules {
  readonly exact: bigint | undefined;
  readonly least: bigint | undefined;
  readonly most: bigint | undefined;
}

/**
 * @param what says that there is a size, e.g. `value length must be`
 * @param unit what it is counted in, e.g. `bytes`
 */
export function sizeTests<T>(
  { exact, least, most }: SizeRules,
  sizeOf: (value: T) => number,
  what: string,
  unit: string,
): Test<T>[] {
  const tests: Test<T>[] = [];
  if (exact !== undefined) tests.push((value) => (sizeOf(value) === Number(exact) ? undefined : `${what} ${exact} ${unit}`));
  if (least !== undefined) {
    tests.push((value) => (sizeOf(value) < Number(least) ? `${what} at least ${least} ${unit}` : undefined));
  }
  if (most !== undefined) {
    tests.push((value) => (sizeOf(value) > Number(most) ? `${what} at most ${most} ${unit}` : undefined));
  }
  return tests;
}
