import type { RouteMatch } from '../../gateway';

/** What decides a route's place among the routes of its host. */
export interface Ranked {
  readonly match: RouteMatch;
  readonly name: string;
  readonly id: number;
}

/**
 * The order in which Envoy tries the routes of a host, total and independent of the order of rows: a regular expression
 * before a prefix, longer before shorter, more header conditions first, then by the conditions, the name and the id
 * (data-plane reference 2.4.4).
 */
export function byPrecedence(a: Ranked, b: Ranked): number {
  return (
    kindRank(a) - kindRank(b) ||
    b.match.path.value.length - a.match.path.value.length ||
    compare(a.match.path.value, b.match.path.value) ||
    b.match.headers.length - a.match.headers.length ||
    compare(conditions(a), conditions(b)) ||
    compare(a.name, b.name) ||
    a.id - b.id
  );
}

function kindRank({ match }: Ranked): number {
  return match.path.kind === 'regex' ? 0 : 1;
}

function conditions({ match }: Ranked): string {
  return JSON.stringify(
    match.headers.map(({ name, test, value }) => [name.toLowerCase(), test, value]).sort((a, b) => compare(String(a), String(b))),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
