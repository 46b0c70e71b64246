import type { RouteHeader } from '../../validation';
import { checkPrefix, parseRouteConfig } from '../../validation';
import type { HeaderMatch, ObjectRef, RouteMatch } from '../model';
import type { RouteRow } from '../rows';
import type { Problems } from './problems';

/**
 * What a route matches (data-plane reference 2.4.1): a prefix in its own column wins over route_config; neither of them, or an
 * empty prefix in route_config, is `/`. Undefined, and a problem, when what is there cannot be used.
 */
export function translateMatch(row: RouteRow, object: ObjectRef, problems: Problems): RouteMatch | undefined {
  if (row.route_prefix) {
    const path = problems.take(object, checkPrefix(row.route_prefix));
    return path && { path, headers: [] };
  }
  const config = problems.take(object, parseRouteConfig(row.route_config ?? ''));
  if (!config) return undefined;
  const path = problems.take(object, checkPrefix(config.prefix || '/'));
  return path && { path, headers: (config.header ?? []).flatMap(headerMatches) };
}

const TESTS = ['contains', 'notcontains', 'exact', 'notexact'] as const;

/** All the tests that an element asks for; one with a name and no test is skipped. */
function headerMatches(header: RouteHeader): HeaderMatch[] {
  const name = header.name.trim();
  if (name === '') return [];
  const present: HeaderMatch[] = header.present ? [{ name, test: 'present', value: '' }] : [];
  const texts = TESTS.flatMap((test): HeaderMatch[] => {
    // Envoy compares header values without the blanks around them.
    const value = test === 'exact' || test === 'notexact' ? header[test].trim() : header[test];
    return value === '' ? [] : [{ name, test, value }];
  });
  return [...present, ...texts];
}
