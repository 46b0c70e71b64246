import type { DescField } from '@bufbuild/protobuf';
import type { Context } from './context';
import { allOf, elementCheck } from './element';
import { sizeTests } from './rules/size';
import { stringTests } from './rules/text';
import type { FieldRules, MapRules, RepeatedRules } from './rules/types';
import type { Check, Test } from './violation';
import { nest } from './violation';

/**
 * The check of what protobuf-es holds for a field, undefined included when the field is not set; undefined when nothing can be
 * wrong with it. Paths are relative to the field.
 */
export function fieldCheck(field: DescField, context: Context): Check<unknown> | undefined {
  const rules = context.rules.rulesOf(field);
  switch (field.fieldKind) {
    case 'list':
      return listCheck(field, rules.repeated ?? {}, context) as Check<unknown> | undefined;
    case 'map':
      return mapCheck(field, rules.map ?? {}, context) as Check<unknown> | undefined;
    default:
      return singleCheck(elementCheck(field, rules, context) as Check<unknown> | undefined, isRequired(rules));
  }
}

function isRequired({ message, any, duration, timestamp }: FieldRules): boolean {
  return [message, any, duration, timestamp].some((rules) => rules?.required === true);
}

/** A field that knows of its presence is held as undefined when it is not set; the rules of values are not for it then. */
function singleCheck(check: Check<unknown> | undefined, required: boolean): Check<unknown> | undefined {
  if (!check && !required) return undefined;
  return (value, found) => {
    if (value !== undefined) check?.(value, found);
    else if (required) found.push({ path: '', message: 'value is required' });
  };
}

function listCheck(
  field: DescField & { readonly fieldKind: 'list' },
  { minItems, maxItems, unique, items = {}, ignoreEmpty }: RepeatedRules,
  context: Context,
): Check<readonly unknown[]> | undefined {
  const tests: Test<readonly unknown[]>[] = sizeTests(
    { exact: undefined, least: minItems, most: maxItems },
    (list: readonly unknown[]) => list.length,
    'value must contain',
    'item(s)',
  );
  if (unique) tests.push((list) => (new Set(list).size < list.length ? 'value must contain unique items' : undefined));
  const whole = allOf(tests);
  const each = elementCheck(field, items, context) as Check<unknown> | undefined;
  if (!whole && !each) return undefined;
  return (list, found) => {
    if (list.length > 0 || !ignoreEmpty) whole?.(list, found);
    if (!each) return;
    for (let index = 0; index < list.length; index += 1) {
      const from = found.length;
      each(list[index], found);
      if (found.length > from) nest(found, from, `[${index}]`);
    }
  };
}

function mapCheck(
  field: DescField & { readonly fieldKind: 'map' },
  { minPairs, maxPairs, keys, values = {}, ignoreEmpty }: MapRules,
  context: Context,
): Check<Readonly<Record<string, unknown>>> | undefined {
  const whole = allOf(
    sizeTests(
      { exact: undefined, least: minPairs, most: maxPairs },
      (map: Readonly<Record<string, unknown>>) => Object.keys(map).length,
      'value must contain',
      'pair(s)',
    ),
  );
  const each = elementCheck(field, values, context) as Check<unknown> | undefined;
  const key = keys && keyCheck(field, keys);
  if (!whole && !each && !key) return undefined;
  return (map, found) => {
    const names = Object.keys(map);
    if (names.length > 0 || !ignoreEmpty) whole?.(map, found);
    for (const name of names) {
      const from = found.length;
      key?.(name, found);
      each?.(map[name], found);
      if (found.length > from) nest(found, from, `[${JSON.stringify(name)}]`);
    }
  };
}

/** The field's map has text for keys, whatever their type. Envoy's API rules keys that are texts, and no others. */
function keyCheck(field: DescField, rules: FieldRules): Check<string> | undefined {
  const others = Object.keys(rules).filter((name) => name !== 'string');
  if (others.length > 0)
    throw new Error(`${field.toString()} has the rule ${others.join(', ')} for its keys, which is not checked`);
  return allOf(rules.string ? stringTests(rules.string) : []);
}
