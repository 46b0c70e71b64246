import type { Test } from '../violation';
import { sizeTests } from './size';
import type { BytesRules } from './types';

/** The tests of validate.BytesRules, without `ignore_empty`. */
export function bytesTests(rules: BytesRules): Test<Uint8Array>[] {
  const { const: only, in: allowed, notIn: refused, prefix, suffix, contains } = rules;
  const tests = sizeTests<Uint8Array>(
    { exact: rules.len, least: rules.minLen, most: rules.maxLen },
    (value) => value.length,
    'value length must be',
    'bytes',
  );
  const add = (isGood: (value: Uint8Array) => boolean, reason: string): void =>
    void tests.push((value) => (isGood(value) ? undefined : reason));
  const is = (expected: Uint8Array) => (value: Uint8Array) => Buffer.compare(value, expected) === 0;
  if (only) add(is(only), `value must equal ${hex(only)}`);
  if (allowed) add((value) => allowed.some((each) => is(each)(value)), `value must be in list [${allowed.map(hex).join(', ')}]`);
  if (refused)
    add((value) => !refused.some((each) => is(each)(value)), `value must not be in list [${refused.map(hex).join(', ')}]`);
  if (prefix) add((value) => is(prefix)(value.subarray(0, prefix.length)), `value does not have prefix ${hex(prefix)}`);
  if (suffix)
    add(
      (value) => is(suffix)(value.subarray(Math.max(value.length - suffix.length, 0))),
      `value does not have suffix ${hex(suffix)}`,
    );
  if (contains) add((value) => Buffer.from(value).includes(Buffer.from(contains)), `value does not contain ${hex(contains)}`);
  if (rules.ip) add(({ length }) => length === 4 || length === 16, 'value is not a valid IP address');
  if (rules.ipv4) add(({ length }) => length === 4, 'value is not a valid IPv4 address');
  if (rules.ipv6) add(({ length }) => length === 16, 'value is not a valid IPv6 address');
  return tests;
}

function hex(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes).toString('hex')}`;
}
