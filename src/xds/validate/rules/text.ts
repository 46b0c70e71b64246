import type { Test } from '../violation';
import { FORMATS, HTTP_HEADER_NAME, headerPattern } from './formats';
import { listTests } from './range';
import { sizeTests } from './size';
import type { StringRules } from './types';

/** The tests of validate.StringRules, without `ignore_empty`. */
export function stringTests(rules: StringRules): Test<string>[] {
  return [
    ...listTests(rules, (value) => JSON.stringify(value)),
    ...sizeTests({ exact: rules.len, least: rules.minLen, most: rules.maxLen }, codePoints, 'value length must be', 'characters'),
    ...sizeTests(
      { exact: rules.lenBytes, least: rules.minBytes, most: rules.maxBytes },
      (value: string) => Buffer.byteLength(value),
      'value length must be',
      'bytes',
    ),
    ...partTests(rules),
    ...patternTests(rules),
    ...formatTests(rules),
  ];
}

function codePoints(value: string): number {
  return value.length - (value.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}

function partTests({ prefix, suffix, contains, notContains }: StringRules): Test<string>[] {
  const tests: Test<string>[] = [];
  const quoted = JSON.stringify;
  if (prefix !== undefined)
    tests.push((value) => (value.startsWith(prefix) ? undefined : `value does not have prefix ${quoted(prefix)}`));
  if (suffix !== undefined)
    tests.push((value) => (value.endsWith(suffix) ? undefined : `value does not have suffix ${quoted(suffix)}`));
  if (contains !== undefined)
    tests.push((value) => (value.includes(contains) ? undefined : `value does not contain ${quoted(contains)}`));
  if (notContains !== undefined)
    tests.push((value) => (value.includes(notContains) ? `value contains ${quoted(notContains)}` : undefined));
  return tests;
}

/** Envoy's own patterns are RE2's; those in its API mean the same here, in whole and by code points. */
function patternTests({ pattern, wellKnownRegex, strict }: StringRules): Test<string>[] {
  const tests: Test<string>[] = [];
  if (pattern !== undefined) {
    const expression = new RegExp(`^(?:${pattern})$`, 'u');
    tests.push((value) => (expression.test(value) ? undefined : `value does not match the pattern ${pattern}`));
  }
  const known = wellKnownRegex === undefined ? undefined : headerPattern(wellKnownRegex, strict ?? true);
  if (known) {
    const what = wellKnownRegex === HTTP_HEADER_NAME ? 'name' : 'value';
    tests.push((value) => (known.test(value) ? undefined : `value is not a valid HTTP header ${what}`));
  }
  return tests;
}

function formatTests(rules: StringRules): Test<string>[] {
  return (Object.keys(FORMATS) as (keyof typeof FORMATS)[])
    .filter((name) => rules[name])
    .map((name) => (value) => (FORMATS[name](value) ? undefined : `value is not a valid ${name}`));
}
