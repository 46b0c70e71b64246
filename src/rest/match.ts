import { GatewayError } from '../errors';
import type { Method } from './endpoint';

/** What a path and a method lead to. */
export type Match<T> =
  | { readonly kind: 'found'; readonly route: T; readonly params: ReadonlyMap<string, string> }
  | { readonly kind: 'other method'; readonly allow: readonly string[] }
  | { readonly kind: 'none' };

interface Compiled<T> {
  readonly route: T;
  readonly segments: readonly string[];
}

/** Finds the route of a request. `path` is as sent, without the query. @throws GatewayError for a malformed escape */
export type Matcher<T> = (method: string, path: string) => Match<T>;

/**
 * A matcher over a table of routes. Paths are case-sensitive and match as a whole; a parameter is one segment, decoded, so
 * that `%2F` may stand in a name. An empty segment matches a parameter, except at the end. At each segment a word beats a
 * parameter. A GET route answers HEAD too.
 */
export function createMatcher<T extends { readonly method: Method; readonly path: string }>(routes: readonly T[]): Matcher<T> {
  const byLength = new Map<number, Compiled<T>[]>();
  for (const route of routes) {
    const segments = route.path.slice(1).split('/');
    byLength.set(segments.length, [...(byLength.get(segments.length) ?? []), { route, segments }]);
  }
  for (const compiled of byLength.values()) compiled.sort(bySpecificity);

  return (method, path) => {
    if (!path.startsWith('/') || path.endsWith('/')) return { kind: 'none' };
    const raw = path.slice(1).split('/');
    const candidates = byLength.get(raw.length) ?? [];
    if (candidates.length === 0) return { kind: 'none' };
    const segments = raw.map(decodeSegment);
    const matching = candidates.filter((candidate) => matches(candidate.segments, segments));
    if (matching.length === 0) return { kind: 'none' };
    const wanted = method === 'HEAD' ? 'GET' : method;
    const found = matching.find((candidate) => candidate.route.method === wanted);
    if (!found) return { kind: 'other method', allow: allowed(matching.map((candidate) => candidate.route.method)) };
    return { kind: 'found', route: found.route, params: parameters(found.segments, segments) };
  };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new GatewayError(
      'invalid_input',
      `the path segment ${JSON.stringify(segment)} holds a malformed escape: % is %25, and bytes are UTF-8`,
    );
  }
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.every((part, index) => part.startsWith(':') || part === segments[index]);
}

function parameters(pattern: readonly string[], segments: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    pattern.flatMap((part, index) => (part.startsWith(':') ? [[part.slice(1), segments[index] ?? ''] as const] : [])),
  );
}

function bySpecificity(left: Compiled<unknown>, right: Compiled<unknown>): number {
  for (const [index, part] of left.segments.entries()) {
    const difference = Number(part.startsWith(':')) - Number(right.segments[index]?.startsWith(':'));
    if (difference !== 0) return difference;
  }
  return 0;
}

function allowed(methods: readonly Method[]): readonly string[] {
  return ['OPTIONS', 'GET', 'HEAD', 'POST', 'PATCH', 'DELETE'].filter(
    (method) => method === 'OPTIONS' || methods.some((given) => given === method || (given === 'GET' && method === 'HEAD')),
  );
}
