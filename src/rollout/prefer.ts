/** The longest that a writer may wait, in seconds: shorter than proxies in front commonly wait for an answer. */
const MOST_SECONDS = 50;

/**
 * The seconds of `Prefer: wait=<seconds>` (RFC 7240, 4.3), at most MOST_SECONDS. Undefined when it is not asked for; what is
 * not understood of a preference is ignored, as the RFC wants it.
 */
export function waitSeconds(prefer: string | readonly string[] | undefined): number | undefined {
  const header = typeof prefer === 'string' || prefer === undefined ? prefer : prefer.join(',');
  const found = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,6})"?\s*(?:[,;]|$)/i.exec(header ?? '');
  return found ? Math.min(Number(found[1]), MOST_SECONDS) : undefined;
}
