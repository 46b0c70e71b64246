import { matchesWhole, replaceAll } from '../../src/explain/regex';

test.each<[string, string, boolean]>([
  ['/pets/[0-9]+', '/pets/12', true],
  ['/pets/[0-9]+', '/pets/12/toys', false],
  ['/a|/ab', '/ab', true],
  ['/pets/(?P<id>.*)$', '/pets/x', true],
  ['(?i)/A+', '/aaa', true],
  ['/\\pL+', '/abc', true],
  ['/\\Qa.b/c\\E', '/a.b/c', true],
  ['/\\Qa+b', '/a+b', true],
  ['/(x+x+)+y', `/${'x'.repeat(5000)}`, false],
])('%s against %s as a whole', (pattern, text, matches) => expect(matchesWhole(pattern, text)).toBe(matches));

test.each<[string, string, string, string]>([
  ['b*', 'abba', '-', '-a-a-'],
  ['^/of/([a-z]+)$', '/of/shop', '\\1.test', 'shop.test'],
  ['([a-z])(z)?', 'ab', '[\\0\\2\\\\]', '[a\\][b\\]'],
  ['x', 'abc', 'y', 'abc'],
])('%s in %s becomes %s', (pattern, text, substitution, expected) =>
  expect(replaceAll(pattern, text, substitution)).toBe(expected),
);

test('a pattern that RE2 does not take is a fault', () => expect(() => matchesWhole('(?=a)', 'a')).toThrow(/RE2 refuses/));
