import type { JsonValue } from '@bufbuild/protobuf';
import type { RuledField } from './ruled-message';

/** A field with a rule, and values that keep and break it; null is a field that is not set. */
export interface RuleCase {
  readonly rules: JsonValue;
  readonly type: string;
  readonly label?: RuledField['label'];
  readonly good: readonly JsonValue[];
  readonly bad: readonly JsonValue[];
}

const bytes = (text: string): string => Buffer.from(text).toString('base64');

const TRUE = { '@type': 'type.googleapis.com/google.protobuf.BoolValue', value: true };

/** Every rule that is checked, by the kind of field. */
export const RULE_CASES: Readonly<Record<string, readonly RuleCase[]>> = {
  'of a string': [
    { type: 'string', rules: { string: { const: 'a' } }, good: ['a'], bad: ['', 'b'] },
    { type: 'string', rules: { string: { const: '' } }, good: [''], bad: ['b'] },
    { type: 'string', rules: { string: { len: 2 } }, good: ['ab', '😀é'], bad: ['', 'a', 'abc'] },
    { type: 'string', rules: { string: { min_len: 2 } }, good: ['ab', '😀😀'], bad: ['', 'a', '😀'] },
    { type: 'string', rules: { string: { max_len: 2 } }, good: ['', '😀😀'], bad: ['abc'] },
    { type: 'string', rules: { string: { len_bytes: 2 } }, good: ['é', 'ab'], bad: ['a', 'éé'] },
    { type: 'string', rules: { string: { min_bytes: 3 } }, good: ['abc', '€'], bad: ['', 'é'] },
    { type: 'string', rules: { string: { max_bytes: 3 } }, good: ['', '€'], bad: ['éé'] },
    { type: 'string', rules: { string: { pattern: '^[a-z]+$' } }, good: ['abc'], bad: ['', 'aB', 'a\n'] },
    { type: 'string', rules: { string: { pattern: 'a|.b' } }, good: ['a', '😀b'], bad: ['ab ', 'aa'] },
    { type: 'string', rules: { string: { prefix: 'ab' } }, good: ['ab', 'abc'], bad: ['a', 'cab'] },
    { type: 'string', rules: { string: { suffix: 'ab' } }, good: ['ab', 'cab'], bad: ['b', 'abc'] },
    { type: 'string', rules: { string: { contains: 'b' } }, good: ['abc'], bad: ['', 'ac'] },
    { type: 'string', rules: { string: { not_contains: 'b' } }, good: ['', 'ac'], bad: ['abc'] },
    { type: 'string', rules: { string: { in: ['a', ''] } }, good: ['a', ''], bad: ['b'] },
    { type: 'string', rules: { string: { not_in: ['a'] } }, good: ['', 'b'], bad: ['a'] },
    { type: 'string', rules: { string: { min_len: 2, ignore_empty: true } }, good: ['', 'ab'], bad: ['a'] },
    {
      type: 'string',
      rules: { string: { hostname: true } },
      good: ['a', 'a-b.c.', '1.a'],
      bad: ['', '-a', 'a..b', 'a_b', 'a'.repeat(64)],
    },
    { type: 'string', rules: { string: { ip: true } }, good: ['1.2.3.4', '::1'], bad: ['', '1.2.3', 'a'] },
    { type: 'string', rules: { string: { ipv4: true } }, good: ['1.2.3.4'], bad: ['::1'] },
    { type: 'string', rules: { string: { ipv6: true } }, good: ['::1'], bad: ['1.2.3.4', '[::1]'] },
    { type: 'string', rules: { string: { address: true } }, good: ['::1', 'a.test'], bad: ['a b'] },
    { type: 'string', rules: { string: { uri: true } }, good: ['http://a.test/b', 'urn:a'], bad: ['', '/b', 'a b'] },
    { type: 'string', rules: { string: { uri_ref: true } }, good: ['http://a.test', '/b', ''], bad: ['http://['] },
    { type: 'string', rules: { string: { uuid: true } }, good: ['00000000-0000-4000-8000-00000000000f'], bad: ['', '0000'] },
    {
      type: 'string',
      rules: { string: { well_known_regex: 'HTTP_HEADER_NAME' } },
      good: [':a', 'x-A_1', 'a,b'],
      bad: ['', 'a b', 'a:b', 'é'],
    },
    {
      type: 'string',
      rules: { string: { well_known_regex: 'HTTP_HEADER_VALUE' } },
      good: ['', 'a\tb é'],
      bad: ['a\x01', 'a\n', '\x7f'],
    },
    {
      type: 'string',
      rules: { string: { well_known_regex: 'HTTP_HEADER_NAME', strict: false } },
      good: ['', 'a b', '\x01'],
      bad: ['\0', '\r', 'a\n'],
    },
  ],
  'of bytes': [
    { type: 'bytes', rules: { bytes: { const: bytes('a') } }, good: [bytes('a')], bad: ['', bytes('b')] },
    { type: 'bytes', rules: { bytes: { len: 2 } }, good: [bytes('ab')], bad: ['', bytes('abc')] },
    { type: 'bytes', rules: { bytes: { min_len: 1, max_len: 2 } }, good: [bytes('a'), bytes('ab')], bad: ['', bytes('abc')] },
    { type: 'bytes', rules: { bytes: { prefix: bytes('ab') } }, good: [bytes('abc')], bad: [bytes('a'), bytes('cab')] },
    { type: 'bytes', rules: { bytes: { suffix: bytes('ab') } }, good: [bytes('cab')], bad: [bytes('b'), bytes('abc')] },
    { type: 'bytes', rules: { bytes: { contains: bytes('b') } }, good: [bytes('abc')], bad: ['', bytes('a')] },
    { type: 'bytes', rules: { bytes: { in: [bytes('a')] } }, good: [bytes('a')], bad: ['', bytes('b')] },
    { type: 'bytes', rules: { bytes: { not_in: [bytes('a')] } }, good: [''], bad: [bytes('a')] },
    { type: 'bytes', rules: { bytes: { ip: true } }, good: [bytes('1234'), bytes('1234567812345678')], bad: ['', bytes('1')] },
    { type: 'bytes', rules: { bytes: { ipv4: true } }, good: [bytes('1234')], bad: [bytes('1234567812345678')] },
    {
      type: 'bytes',
      rules: { bytes: { ipv6: true, ignore_empty: true } },
      good: ['', bytes('1234567812345678')],
      bad: [bytes('1234')],
    },
  ],
  'of a number': [
    { type: 'uint32', rules: { uint32: { const: 3 } }, good: [3], bad: [0, 4] },
    { type: 'uint32', rules: { uint32: { lt: 3 } }, good: [0, 2], bad: [3] },
    { type: 'int32', rules: { int32: { lte: -3 } }, good: [-3], bad: [-2, 0] },
    { type: 'sint32', rules: { sint32: { gt: -3 } }, good: [-2, 0], bad: [-3] },
    { type: 'fixed32', rules: { fixed32: { gte: 3 } }, good: [3], bad: [0, 2] },
    { type: 'sfixed32', rules: { sfixed32: { gte: 1, lte: 3 } }, good: [1, 3], bad: [0, 4] },
    { type: 'uint32', rules: { uint32: { gt: 1, lt: 3 } }, good: [2], bad: [1, 3] },
    { type: 'uint32', rules: { uint32: { gte: 5, lte: 2 } }, good: [2, 5], bad: [3, 4] },
    { type: 'uint32', rules: { uint32: { gt: 5, lt: 2 } }, good: [1, 6], bad: [2, 5] },
    { type: 'uint32', rules: { uint32: { in: [1, 2] } }, good: [1], bad: [0, 3] },
    { type: 'uint32', rules: { uint32: { not_in: [1] } }, good: [0], bad: [1] },
    { type: 'uint32', rules: { uint32: { gte: 5, ignore_empty: true } }, good: [0, 5], bad: [4] },
    { type: 'int64', rules: { int64: { gte: '-9007199254740993' } }, good: ['-9007199254740993'], bad: ['-9007199254740994'] },
    { type: 'sint64', rules: { sint64: { lt: 0 } }, good: ['-1'], bad: ['0'] },
    {
      type: 'uint64',
      rules: { uint64: { in: ['18446744073709551615'] } },
      good: ['18446744073709551615'],
      bad: ['18446744073709551614'],
    },
    { type: 'fixed64', rules: { fixed64: { gt: 1, ignore_empty: true } }, good: ['0', '2'], bad: ['1'] },
    { type: 'sfixed64', rules: { sfixed64: { const: -1 } }, good: ['-1'], bad: ['1'] },
    { type: 'double', rules: { double: { gt: 0, lte: 100 } }, good: [0.1, 100, 'NaN'], bad: [0, 100.1, 'Infinity'] },
    { type: 'float', rules: { float: { gte: 0.5 } }, good: [0.5], bad: [0.25] },
    { type: 'bool', rules: { bool: { const: true } }, good: [true], bad: [false] },
    { type: 'bool', rules: { bool: { const: false } }, good: [false], bad: [true] },
  ],
  'of an enum': [
    { type: 'envoy.config.core.v3.RequestMethod', rules: { enum: { defined_only: true } }, good: [0, 9], bad: [10, -1] },
    { type: 'envoy.config.core.v3.RequestMethod', rules: { enum: { in: [1, 2] } }, good: [1], bad: [0, 3] },
    { type: 'envoy.config.core.v3.RequestMethod', rules: { enum: { not_in: [0] } }, good: [1, 99], bad: [0] },
    { type: 'envoy.config.core.v3.RequestMethod', rules: { enum: { const: 1 } }, good: [1], bad: [0] },
    { type: 'envoy.config.core.v3.RequestMethod', rules: {}, good: [0, 99], bad: [] },
  ],
  'of a list': [
    { type: 'string', label: 'repeated', rules: { repeated: { min_items: 1 } }, good: [['']], bad: [[]] },
    { type: 'string', label: 'repeated', rules: { repeated: { max_items: 1 } }, good: [[], ['a']], bad: [['a', 'b']] },
    {
      type: 'string',
      label: 'repeated',
      rules: { repeated: { min_items: 2, ignore_empty: true } },
      good: [[], ['a', 'b']],
      bad: [['a']],
    },
    { type: 'uint32', label: 'repeated', rules: { repeated: { unique: true } }, good: [[], [1, 2]], bad: [[1, 2, 1]] },
    {
      type: 'uint32',
      label: 'repeated',
      rules: { repeated: { items: { uint32: { lt: 3 } } } },
      good: [[], [1, 2]],
      bad: [[1, 3]],
    },
    {
      type: 'google.protobuf.Duration',
      label: 'repeated',
      rules: { repeated: { items: { duration: { gt: '1s' } } } },
      good: [['2s']],
      bad: [['2s', '1s']],
    },
    {
      type: 'google.protobuf.UInt32Value',
      label: 'repeated',
      rules: { repeated: { items: { uint32: { gt: 1 } } } },
      good: [[2]],
      bad: [[2, 1]],
    },
    {
      type: 'envoy.config.core.v3.HeaderValue',
      label: 'repeated',
      rules: { repeated: { items: { message: { skip: true } } } },
      good: [[{}]],
      bad: [],
    },
    { type: 'envoy.config.core.v3.HeaderValue', label: 'repeated', rules: {}, good: [[{ key: 'a' }]], bad: [[{ key: 'a' }, {}]] },
  ],
  'of a map': [
    { type: 'string', label: 'map', rules: { map: { min_pairs: 1 } }, good: [{ a: '' }], bad: [{}] },
    { type: 'string', label: 'map', rules: { map: { max_pairs: 1 } }, good: [{}, { a: '' }], bad: [{ a: '', b: '' }] },
    { type: 'string', label: 'map', rules: { map: { min_pairs: 2, ignore_empty: true } }, good: [{}], bad: [{ a: '' }] },
    { type: 'string', label: 'map', rules: { map: { keys: { string: { min_len: 1 } } } }, good: [{ a: '' }], bad: [{ '': 'a' }] },
    {
      type: 'string',
      label: 'map',
      rules: { map: { values: { string: { min_len: 1 } } } },
      good: [{ '': 'a' }],
      bad: [{ a: '' }],
    },
    {
      type: 'google.protobuf.BoolValue',
      label: 'map',
      rules: { map: { values: { bool: { const: true } } } },
      good: [{ a: true }],
      bad: [{ a: false }],
    },
    { type: 'envoy.config.core.v3.HeaderValue', label: 'map', rules: {}, good: [{ a: { key: 'a' } }], bad: [{ a: {} }] },
  ],
  'of a message': [
    { type: 'envoy.config.core.v3.HeaderValue', rules: { message: { required: true } }, good: [{ key: 'a' }], bad: [null, {}] },
    { type: 'envoy.config.core.v3.HeaderValue', rules: { message: { required: true, skip: true } }, good: [{}], bad: [null] },
    { type: 'envoy.config.core.v3.HeaderValue', rules: {}, good: [null, { key: 'a' }], bad: [{}] },
    { type: 'google.protobuf.Struct', rules: { message: { required: true } }, good: [{}, { a: 1 }], bad: [null] },
  ],
  'of a wrapper': [
    { type: 'google.protobuf.UInt32Value', rules: { uint32: { gte: 1 } }, good: [null, 1], bad: [0] },
    {
      type: 'google.protobuf.UInt32Value',
      rules: { uint32: { gte: 1 }, message: { required: true } },
      good: [1],
      bad: [null, 0],
    },
    { type: 'google.protobuf.UInt64Value', rules: { uint64: { lt: 5 } }, good: [null, '4'], bad: ['5'] },
    { type: 'google.protobuf.StringValue', rules: { string: { min_len: 1 } }, good: [null, 'a'], bad: [''] },
    { type: 'google.protobuf.BoolValue', rules: { bool: { const: true } }, good: [null, true], bad: [false] },
  ],
  'of a duration': [
    { type: 'google.protobuf.Duration', rules: { duration: { required: true } }, good: ['0s'], bad: [null] },
    { type: 'google.protobuf.Duration', rules: { duration: { const: '1s' } }, good: [null, '1s'], bad: ['0s', '1.000000001s'] },
    {
      type: 'google.protobuf.Duration',
      rules: { duration: { gt: '0s', lte: '1.5s' } },
      good: ['0.000000001s', '1.5s'],
      bad: ['0s', '1.500000001s'],
    },
    { type: 'google.protobuf.Duration', rules: { duration: { gte: '1s', lt: '2s' } }, good: ['1s'], bad: ['0.9s', '2s'] },
    { type: 'google.protobuf.Duration', rules: { duration: { in: ['1s', '2s'] } }, good: ['2s'], bad: ['3s'] },
    { type: 'google.protobuf.Duration', rules: { duration: { not_in: ['1s'] } }, good: ['0s'], bad: ['1s'] },
    { type: 'google.protobuf.Duration', rules: {}, good: [null, '0s', '9223372035s'], bad: ['-1s', '-0.1s', '9223372036s'] },
  ],
  'of a timestamp': [
    { type: 'google.protobuf.Timestamp', rules: { timestamp: { required: true } }, good: ['1970-01-01T00:00:00Z'], bad: [null] },
    {
      type: 'google.protobuf.Timestamp',
      rules: { timestamp: { gt: '2020-01-01T00:00:00Z' } },
      good: [null, '2020-01-01T00:00:00.1Z'],
      bad: ['2020-01-01T00:00:00Z'],
    },
  ],
  'of an Any': [
    { type: 'google.protobuf.Any', rules: { any: { required: true } }, good: [{}, TRUE], bad: [null] },
    { type: 'google.protobuf.Any', rules: { any: { in: [TRUE['@type']] } }, good: [null, TRUE], bad: [{}] },
    { type: 'google.protobuf.Any', rules: { any: { not_in: [TRUE['@type']] } }, good: [{}], bad: [TRUE] },
  ],
  'of a field with presence': [
    { type: 'string', label: 'optional', rules: { string: { min_len: 1 } }, good: [null, 'a'], bad: [''] },
  ],
};
