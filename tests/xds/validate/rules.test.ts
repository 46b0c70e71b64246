import type { JsonValue } from '@bufbuild/protobuf';
import { RULE_CASES } from './rule-cases';
import { ruledMessage } from './ruled-message';

for (const [kind, cases] of Object.entries(RULE_CASES)) {
  describe(`the rules ${kind}`, () => {
    it.each(cases)('$rules', ({ type, label, rules, good, bad }) => {
      const check = ruledMessage({ field: { type, label, rules } });
      const of = (value: JsonValue): JsonValue => (value === null ? {} : { field: value });
      for (const value of good) expect({ value, found: check(of(value)) }).toEqual({ value, found: [] });
      for (const value of bad) {
        expect({ value, found: check(of(value)) }).toEqual({
          value,
          found: [{ path: expect.stringMatching(/^field/) as string, message: expect.stringMatching(/./) as string }],
        });
      }
    });
  });
}

describe('the rules of a oneof', () => {
  const fields = {
    one: { type: 'string', rules: { string: { min_len: 1 } } },
    other: { type: 'google.protobuf.UInt32Value', rules: { uint32: { gt: 0 } } },
  };

  it('are those of the field that is set', () => {
    const check = ruledMessage(fields, { oneof: 'plain' });
    expect([{}, { one: 'a' }, { other: 1 }].flatMap((value) => check(value as JsonValue))).toEqual([]);
    expect(check({ one: '' })).toEqual([{ path: 'one', message: 'value length must be at least 1 characters' }]);
    expect(check({ other: 0 })).toEqual([{ path: 'other', message: 'value must be greater than 0' }]);
  });

  it('may ask for one of the fields', () => {
    const check = ruledMessage(fields, { oneof: 'required' });
    expect(check({ one: 'a' })).toEqual([]);
    expect(check({})).toEqual([{ path: 'choice', message: 'one of one, other is required' }]);
  });
});

it('counts no rule of a message whose rules are disabled', () => {
  const field = { type: 'string', rules: { string: { min_len: 1 } } };
  expect(ruledMessage({ field })({})).toHaveLength(1);
  expect(ruledMessage({ field }, { disabled: true })({})).toEqual([]);
});

it.each([
  [{ string: { email: true } }, 'string', 'email'],
  [{ bytes: { pattern: 'a' } }, 'bytes', 'pattern'],
  [{ timestamp: { lt_now: true } }, 'google.protobuf.Timestamp', 'lt_now'],
])('refuses to be made for a rule that it would not check: %j', (rules, type, name) => {
  expect(() => ruledMessage({ field: { type, rules } })({})).toThrow(`has the rule ${name}, which is not checked`);
});
