import fc from 'fast-check';
import { parseJson, parseRouteConfig } from '../../src/validation';

test.each([
  ['{"a":\n  [1, x]}', 'line 2, column 7: found "x" where a value is expected'],
  ['{"a":1,}', 'line 1, column 8: found "}" where a key in double quotes is expected'],
  ['{"a" 1}', 'line 1, column 6: found "1" where : is expected'],
  ['[1 2]', 'line 1, column 4: found "2" where , or ] is expected'],
  ['{"a":[1}', 'line 1, column 8: found "}" where , or ] is expected'],
  ["{'a':1}", 'line 1, column 2: found "\'" where a key in double quotes or } is expected'],
  ['', 'line 1, column 1: the text ends where a value is expected'],
  ['{"a":\r\n"b', 'line 2, column 1: the string that begins here has no end'],
  ['["\\x"]', 'line 1, column 3: an escape that JSON does not have'],
  ['["a\tb"]', 'line 1, column 4: a control character, which a string must escape'],
  ['["😀😀", nope]', 'line 1, column 8: found "n" where a value is expected'],
  ['{} {}', 'line 1, column 4: found "{" where the end of the text is expected'],
  ['01', 'line 1, column 2: found "1" where the end of the text is expected'],
])('%j is refused at its place', (text, message) => {
  expect(parseJson(text)).toEqual({ ok: false, message });
});

test('a document of any depth is an answer, never a crash', () => {
  expect(parseJson('['.repeat(500) + ']'.repeat(500)).ok).toBe(true);
  expect(parseJson('['.repeat(1_000_000))).toEqual({ ok: false, message: 'line 1, column 501: nested deeper than 500 levels' });
});

test('every document is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom('', ' ', '\n\t'), (text, blanks) => {
      expect(parseJson(blanks + text + blanks)).toEqual({ ok: true, value: JSON.parse(text) as unknown });
    }),
  );
});

test('what JSON.parse refuses is refused, and what it takes is taken', () => {
  const broken = fc.tuple(fc.json(), fc.nat(), fc.string({ maxLength: 2 })).map(([text, at, noise]) => {
    const cut = at % (text.length + 1);
    return text.slice(0, cut) + noise + text.slice(cut + 1);
  });
  fc.assert(
    fc.property(broken, (text) => {
      let parses = true;
      try {
        JSON.parse(text);
      } catch {
        parses = false;
      }
      expect(parseJson(text).ok).toBe(parses);
    }),
    { numRuns: 1000 },
  );
});

test('the position is that of the character which cannot continue a document', () => {
  // A control character is wrong anywhere outside of the blanks, and in a string too.
  const spoiled = fc.tuple(fc.json({ noUnicodeString: false }), fc.nat()).map(([text, at]) => {
    const characters = [...text];
    const cut = at % (characters.length + 1);
    return { text: [...characters.slice(0, cut), '\x01', ...characters.slice(cut)].join(''), column: cut + 1 };
  });
  fc.assert(
    fc.property(spoiled, ({ text, column }) => {
      const checked = parseJson(text);
      expect(checked).toMatchObject({ ok: false });
      const place = checked.ok ? undefined : /^line 1, column (\d+): /.exec(checked.message)?.[1];
      // A number or an escape before it may have been cut short: then that is what is named.
      expect(Number(place)).toBeLessThanOrEqual(column);
      expect(Number(place)).toBeGreaterThan(column - 7);
    }),
  );
});

test('after the first value of a route_config anything may follow, of a broken one nothing helps', () => {
  expect(parseRouteConfig('{"prefix":"/a"}\n and more').ok).toBe(true);
  expect(parseRouteConfig('{"prefix":"/a"')).toEqual({
    ok: false,
    message: 'route_config, line 1, column 15: the text ends where , or } is expected',
  });
});
