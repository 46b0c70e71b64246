import type { DescEnum } from '@bufbuild/protobuf';
import type { Test } from '../violation';
import { bytesTests } from './bytes';
import { listTests, rangeTests } from './range';
import { stringTests } from './text';
import type { EnumRules, NumberRules, ValueRules } from './types';

/** The tests of a scalar's rules, on values as protobuf-es decodes them: 64 bits are bigint. */
export function scalarTests(rules: ValueRules): Test<never>[] {
  const { string, bytes, bool } = rules;
  if (string) return unlessEmpty(string.ignoreEmpty, stringTests(string), (value) => value === '');
  if (bytes) return unlessEmpty(bytes.ignoreEmpty, bytesTests(bytes), (value) => value.length === 0);
  if (bool) return listTests(bool);
  const small = rules.float ?? rules.double ?? rules.int32 ?? rules.sint32 ?? rules.uint32 ?? rules.fixed32 ?? rules.sfixed32;
  if (small) return numberTests(small);
  const large = rules.int64 ?? rules.sint64 ?? rules.uint64 ?? rules.fixed64 ?? rules.sfixed64;
  return large ? numberTests(large) : [];
}

function numberTests<T extends number | bigint>(rules: NumberRules<T>): Test<T>[] {
  return unlessEmpty(rules.ignoreEmpty, [...rangeTests(rules), ...listTests(rules)], (value) => Number(value) === 0);
}

function unlessEmpty<T>(ignoreEmpty: boolean | undefined, tests: Test<T>[], isEmpty: (value: T) => boolean): Test<T>[] {
  return ignoreEmpty ? tests.map((test) => (value) => (isEmpty(value) ? undefined : test(value))) : tests;
}

/** @param disallowed the values that Envoy refuses as deprecated, its default among them */
export function enumTests(type: DescEnum, rules: EnumRules, disallowed: ReadonlySet<number>): Test<number>[] {
  const nameOf = (value: number): string => type.value[value]?.name ?? String(value);
  const tests = listTests(rules, nameOf);
  if (rules.definedOnly) tests.push((value) => (type.value[value] ? undefined : 'value must be one of the defined enum values'));
  if (disallowed.size > 0) {
    tests.push((value) => (disallowed.has(value) ? `the value ${nameOf(value)} is deprecated and refused` : undefined));
  }
  return tests;
}
