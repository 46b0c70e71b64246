/** The parameters of a segment `.` or `..`, which Envoy drops since 1.36.10, 1.37.6, 1.38.4 and 1.39.1 (CVE-2026-73551). */
const DOT_PARAMETERS = /(?<=\/\.\.?);[^/]*/g;
/** `.` or `..` as a whole segment behind a slash, escaped or not, with the slash that ends it. */
const RELATIVE_SEGMENT = /(?:\.|%2e)(\.|%2e)?(?:[/\\]|$)/iy;
const DOT = /\.|%2e/iy;
const ESCAPE = /%([0-9a-f]{2})/iy;
/** What needs no escape is never left escaped. */
const UNRESERVED = /[A-Za-z0-9_~-]/;
/** What may not stand in a path as it is. */
const ESCAPED = /[\x00-\x20"#<>?^`{|}\x7f-\uffff]/;

/**
 * A path without its query as HttpConnectionManager.normalize_path makes it before routes are matched: that of the WHATWG
 * URL of old, with `.` and `..` resolved, `\` as `/`, and escapes of unreserved characters decoded. `//` and `%2F` stay.
 * Undefined when Envoy refuses the path with a 400: it holds a NUL.
 */
export function canonicalPath(given: string): string | undefined {
  const path = given.replace(DOT_PARAMETERS, '');
  let made = '';
  /** Where in `made` the last `%` stands that begins no escape. */
  let loose = -4;
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(path);
    if (found) at = pattern.lastIndex;
    return found;
  };
  while (at < path.length) {
    const relative = made.endsWith('/') ? take(RELATIVE_SEGMENT) : null;
    if (relative) {
      if (relative[1] !== undefined) made = parent(made);
      continue;
    }
    if (take(DOT)) {
      made += '.';
      continue;
    }
    const escape = take(ESCAPE);
    if (escape) {
      const character = String.fromCharCode(parseInt(escape[1] ?? '', 16));
      if (character === '\0') return undefined;
      made = UNRESERVED.test(character) ? unnested(made + character, loose, path.charAt(at)) : made + escape[0];
      continue;
    }
    const character = path.charAt(at);
    at += 1;
    if (character === '%') loose = made.length;
    made += character === '\\' ? '/' : ESCAPED.test(character) ? percentEncoded(character) : character;
  }
  return made;
}

/** `/a/b/` to `/a/`; the root stays. */
function parent(path: string): string {
  return path.slice(0, path.lastIndexOf('/', path.length - 2) + 1) || '/';
}

/** A decoded character may complete an earlier `%` to an escape that nobody wrote: that `%` is then escaped itself. */
function unnested(made: string, loose: number, next: string): string {
  const behind = made.slice(loose + 1);
  const completed = loose === made.length - 2 ? behind + next : loose === made.length - 3 ? behind : '';
  return /^[0-9a-f]{2}$/i.test(completed) ? `${made.slice(0, loose)}%25${behind}` : made;
}

function percentEncoded(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
