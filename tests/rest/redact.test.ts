import fc from 'fast-check';
import { redactPrivateKeys } from '../../src/rest/redact';

test('a stored key is redacted, an empty one and none stay, and every other byte too', () => {
  expect(redactPrivateKeys('{"a" : 12345678901234567890, "secret_key" : "-----BEGIN\\n\\"", "secret_cert":"C"}')).toBe(
    '{"a" : 12345678901234567890, "secret_key" : "<redacted>", "secret_cert":"C"}',
  );
  const untouched = '[{"secret_key":null}, {"secret_key": ""}, {"name":"secret_key"}, {"x":"\\"secret_key\\":\\"y\\""}]';
  expect(redactPrivateKeys(untouched)).toBe(untouched);
});

test('whatever the document, its keys are redacted and the rest is the same', () => {
  const key = fc.oneof(fc.constant('secret_key'), fc.string({ unit: 'binary' }));
  const leaf = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constant('secret_key'),
    fc.constant('"secret_key":"'),
    fc.integer(),
    fc.constant(null),
  );
  const { document } = fc.letrec((tie) => ({
    document: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('document')), fc.dictionary(key, tie('document'))),
  }));
  fc.assert(
    fc.property(document, fc.constantFrom(0, 2), (value, indent) => {
      expect(redactPrivateKeys(JSON.stringify(value, null, indent))).toBe(JSON.stringify(redacted(value), null, indent));
    }),
  );
});

function redacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'secret_key' && typeof inner === 'string' && inner !== '' ? '<redacted>' : redacted(inner),
    ]),
  );
}
