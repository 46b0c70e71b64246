import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { checkPrefix, checkRegex } from '../../src/validation';

/** Patterns with the verdict of RE2 itself (google-re2 1.1). */
const re2 = JSON.parse(readFileSync(path.join(__dirname, 'golden', 're2.json'), 'utf8')) as {
  accepted: string[];
  refused: string[];
};

test.each([
  ['/', 'prefix', '/'],
  ['//', 'prefix', '/'],
  ['/a//b', 'prefix', '/a/b'],
  ['/a/', 'prefix', '/a/'],
  ['///', 'prefix', '/'],
  ['/pets/{id}', 'prefix', '/pets/{id}'],
  ['/a.b(c)?$|', 'prefix', '/a.b(c)?$|'],
  ['/pets/(?P<id>.*)$', 'regex', '/pets/(?P<id>.*)$'],
  ['/pets/[0-9]+', 'regex', '/pets/[0-9]+'],
  ['/a%20b', 'regex', '/a%20b'],
])('prefix %j is a %s', (text, kind, value) => {
  expect(checkPrefix(text)).toEqual({ ok: true, value: { kind, value } });
});

test.each([
  ['nope', 'prefix must begin with /, but is "nope"'],
  ['', 'prefix must begin with /, but is ""'],
  ['.*', 'prefix must begin with /, but is ".*"'],
  ['/(?=a)*', 'prefix "/(?=a)*": regular expression, character 2: RE2 has no look-around'],
  ['/(a+)\\1', 'prefix "/(a+)\\\\1": regular expression, character 6: RE2 has no back-references'],
  ['/a++', 'prefix "/a++": regular expression, character 4: a repetition cannot be repeated; RE2 has no possessive repetition'],
  ['/(a*', 'prefix "/(a*": regular expression, character 2: this ( is never closed'],
])('prefix %j is refused', (text, message) => {
  expect(checkPrefix(text)).toEqual({ ok: false, message });
});

test.each(re2.accepted)('RE2 takes %j', (pattern) => {
  expect(checkRegex(pattern)).toEqual({ ok: true, value: pattern });
});

test.each(re2.refused)('RE2 refuses %j', (pattern) => {
  expect(checkRegex(pattern).ok).toBe(false);
});

test('a program that Envoy would refuse as too large is refused', () => {
  expect(checkRegex('a{1000}').ok).toBe(true);
  expect(checkRegex('.{1000}')).toMatchObject({
    ok: false,
    message: expect.stringContaining('the program is too large') as string,
  });
  expect(checkRegex('\\pL{3}').ok).toBe(false);
});

test('any text is answered, never a crash', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab()[]{}*+?|\\^$.-,:<>P=!0159é😀') }), (text) => void checkRegex(text)),
    {
      numRuns: 2000,
    },
  );
  expect(checkRegex('('.repeat(1_000)).ok).toBe(false);
  expect(checkRegex('[[:'.repeat(300_000))).toMatchObject({
    message: expect.stringContaining('900000 characters are too many') as string,
  });
});
