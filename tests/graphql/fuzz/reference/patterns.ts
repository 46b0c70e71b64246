/** Patterns of LIKE; any string without a lone backslash at its end would do. */
export const LIKE_PATTERNS = [
  '%',
  'a%',
  '%b',
  '_',
  'a',
  'A_',
  '',
  '%a%',
  '\\%',
  '%\\_%',
  '%\\\\%',
  '50\\%',
  "%'%",
  '%"%',
  '$_',
  '%\n%',
  '{%',
  'É%',
];

/** Patterns of SIMILAR TO, each with what it means. */
export const SIMILAR_PATTERNS: Readonly<Record<string, string>> = {
  '%': '^.*$',
  'a|b': '^(?:a|b)$',
  '(a|b)%': '^(?:a|b).*$',
  '[ab]+': '^[ab]+$',
  '[^a]': '^[^a]$',
  a_: '^a.$',
  'a*b?': '^a*b?$',
  '_{2}': '^.{2}$',
  '\\%': '^%$',
  'a.b': '^a\\.b$',
  $1: '^\\$1$',
};

/** Regular expressions that Postgres and JavaScript read alike, by how JavaScript writes them. */
export const REGULAR_EXPRESSIONS: Readonly<Record<string, string>> = {
  a: 'a',
  '^a': '^a',
  b$: 'b$',
  '^$': '^$',
  '^.$': '^.$',
  '[ab]{2}': '[ab]{2}',
  '^(a|é)$': '^(?:a|é)$',
  '\\$\\d': '\\$\\d',
  '\\\\': '\\\\',
  '[\'"]': '[\'"]',
  É: 'É',
  '\\s': '\\s',
};

/** `text LIKE pattern`: % is any text, _ any character, a backslash makes the next one plain. */
export function isLike(text: string, pattern: string, ignoresCase: boolean): boolean {
  if (ignoresCase) return isLike(text.toLowerCase(), pattern.toLowerCase(), false);
  const parts = [...pattern.matchAll(/\\(.)|(.)/gsu)].map(([, escaped, plain = '']) => {
    if (escaped !== undefined) return quote(escaped);
    return plain === '%' ? '.*' : plain === '_' ? '.' : quote(plain);
  });
  return new RegExp(`^${parts.join('')}$`, 'su').test(text);
}

function quote(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
}

export function isSimilar(text: string, pattern: string): boolean {
  return new RegExp(known(SIMILAR_PATTERNS, pattern), 'su').test(text);
}

export function matches(text: string, pattern: string, ignoresCase: boolean): boolean {
  return new RegExp(known(REGULAR_EXPRESSIONS, pattern), ignoresCase ? 'siu' : 'su').test(text);
}

function known(patterns: Readonly<Record<string, string>>, pattern: string): string {
  const meaning = patterns[pattern];
  if (meaning === undefined) throw new Error(`the meaning of the pattern ${pattern} is not known`);
  return meaning;
}
