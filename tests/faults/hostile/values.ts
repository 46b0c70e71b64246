import type { Random } from '../world/random';

/** Names that hostile requests may use: none of them is an object that the suite looks after. */
const NAMES = ['hx-1', 'hx-2', 'hx-3', 'hx-4', 'hx-5', 'hx-6'];

const TEXTS: readonly string[] = [
  '',
  ' ',
  '0',
  '-1',
  '99999999999999999999',
  '1e309',
  'NaN',
  'null',
  'true',
  '[]',
  '{}',
  '{"a":',
  '"\\ud800"',
  "'; DROP TABLE saaras_db.service; --",
  "hx-1' OR '1'='1",
  '$1',
  '${7*7}',
  '{{constructor}}',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '../../etc/passwd',
  '%00',
  '\u0000',
  '\ufeff',
  '\u202e\u0639',
  '😀'.repeat(40),
  'a\r\nSet-Cookie: x=1',
  '*',
  '*.',
  '*.hx.test',
  'hx.test',
  'HX.TEST:8080',
  'xn--',
  '127.0.0.1',
  '::1',
  '256.256.256.256',
  '(a+)+$',
  '[',
  '/',
  '//',
  '/a/../b',
  'http_filter_lua',
  'route_filter_ratelimit',
  'route_filter_redirect',
  'globalconfig_ratelimit',
  'function envoy_on_request(h) end',
  'while true do end',
  '{"descriptors":[{"generic_key":{"descriptor_value":"default"}}]}',
  '{"domain":"enroute","descriptors":[{"key":"generic_key","value":"hx","rate_limit":{"unit":"second","requests_per_unit":10}}]}',
  '{"prefix":"/","header":[{"name":"x","exact":"1"}]}',
  '{"response_code":302,"path_redirect":"/x"}',
  '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
  '<script>alert(1)</script>',
];

/** A name of the suite's hostile objects, or now and then something else. */
export function name(random: Random): string {
  return random.chance(0.8) ? random.of(NAMES) : hostileName(random);
}

/** Never one of an object that the suite looks after: each holds what those names do not. */
function hostileName(random: Random): string {
  const text = value(random);
  return /^(k\d+|served|gw|up)$/.test(text) ? 'hx-1' : text;
}

export function value(random: Random): string {
  const dice = random.next();
  if (dice < 0.5) return random.of(TEXTS);
  if (dice < 0.6) return String(random.below(100_000) - 1_000);
  if (dice < 0.7) return random.of(NAMES);
  if (dice < 0.74) return random.of(['x', '[', '{"a":', '\u00e9', '%']).repeat(1 + random.below(20_000));
  if (dice < 0.87) return mangled(random, random.of(TEXTS));
  return Array.from({ length: random.below(40) }, () => String.fromCodePoint(randomCode(random))).join('');
}

/** A text with some of its characters left out, doubled or replaced. */
export function mangled(random: Random, text: string): string {
  const letters = [...text];
  for (let times = 1 + random.below(3); times > 0 && letters.length > 0; times -= 1) {
    const at = random.below(letters.length);
    const dice = random.below(4);
    if (dice === 0) letters.splice(at, 1);
    else if (dice === 1) letters.splice(at, 0, letters[at]!);
    else if (dice === 2) letters[at] = String.fromCodePoint(randomCode(random));
    else letters.length = at;
  }
  return letters.join('');
}

/** Bytes with some of them changed, cut off or doubled. */
export function mangledBytes(random: Random, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let times = 1 + random.below(4); times > 0 && copy.length > 0; times -= 1)
    copy[random.below(copy.length)] = random.below(256);
  const dice = random.next();
  if (dice < 0.2) return copy.subarray(0, random.below(copy.length + 1));
  return dice < 0.3 ? Buffer.concat([copy, copy]) : copy;
}

function randomCode(random: Random): number {
  const code = random.chance(0.5) ? random.below(0x80) : random.below(0x11_0000);
  return code >= 0xd800 && code < 0xe000 ? 0xfffd : code;
}
