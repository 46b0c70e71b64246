/** The path of a request's target (RFC 9112, 3.2), as it was sent: of `/a?b` and of `http://host/a?b` alike. */
export function pathOf(target = ''): string {
  return target.replace(/^https?:\/\/[^/?]*/i, '').split('?', 1)[0] ?? '';
}

/** Without the question mark; empty when there is none. */
export function queryOf(target = ''): string {
  const start = target.indexOf('?');
  return start < 0 ? '' : target.slice(start + 1);
}
