import type { DescField, DescMessage } from '@bufbuild/protobuf';
import { isWrapperDesc } from '@bufbuild/protobuf/wkt';
import type { Context, Fields, Packed } from './context';
import { listTests } from './rules/range';
import { durationTest, timeTests } from './rules/time';
import type { FieldRules } from './rules/types';
import { enumTests, scalarTests } from './rules/value';
import type { Check, Test } from './violation';
import { nest } from './violation';

/**
 * The check of one value of a field: the field's own, an item of a list or a value of a map; undefined when nothing can be
 * wrong with it. The value must be there.
 */
export function elementCheck(field: DescField, rules: FieldRules, context: Context): Check<never> | undefined {
  if (field.message) return messageValueCheck(field, field.message, rules, context);
  if (field.enum) return allOf(enumTests(field.enum, rules.enum ?? {}, context.rules.disallowedValues(field.enum)));
  return allOf(scalarTests(rules));
}

function messageValueCheck(field: DescField, type: DescMessage, rules: FieldRules, context: Context): Check<never> | undefined {
  switch (type.typeName) {
    case 'google.protobuf.Any':
      return packedValueCheck(rules, context);
    case 'google.protobuf.Duration':
      return allOf([durationTest, ...timeTests(rules.duration ?? {})]);
    case 'google.protobuf.Timestamp':
      return allOf(timeTests(rules.timestamp ?? {}));
  }
  if (isWrapperDesc(type)) return wrapperCheck(field, rules);
  // The other well-known types have no rules, and protobuf-es may give them another form.
  if (rules.message?.skip || type.typeName.startsWith('google.protobuf.')) return undefined;
  // Compiled at the first value: most of what can be nested never is, and a type may nest itself.
  let compiled: { readonly check: Check<Fields> | undefined } | undefined;
  return (value: Fields, found) => {
    compiled ??= { check: context.messageCheck(type) };
    compiled.check?.(value, found);
  };
}

function packedValueCheck({ any = {} }: FieldRules, { packedCheck }: Context): Check<Packed> {
  const check = allOf(listTests({ in: any.in, notIn: any.notIn }));
  if (!check) return packedCheck;
  return (value, found) => {
    const from = found.length;
    check(value.typeUrl, found);
    nest(found, from, 'type_url');
    packedCheck(value, found);
  };
}

/** protobuf-es gives the value itself where a field holds one wrapper, and the message in oneofs, lists and maps. */
function wrapperCheck(field: DescField, rules: FieldRules): Check<never> | undefined {
  const check: Check<unknown> | undefined = allOf(scalarTests(rules) as Test<unknown>[]);
  if (!check || (field.fieldKind === 'message' && !field.oneof)) return check;
  return ({ value }: { readonly value: unknown }, found) => check(value, found);
}

export function allOf<T>(tests: readonly Test<T>[]): Check<T> | undefined {
  if (tests.length === 0) return undefined;
  return (value, found) => {
    for (const test of tests) {
      const message = test(value);
      if (message !== undefined) found.push({ path: '', message });
    }
  };
}
