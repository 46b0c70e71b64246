import type { StringMatcher } from '../../gen/envoy-api/envoy/type/matcher/v3/string';
import { matchesWhole } from './regex';

/** envoy.type.matcher.v3.StringMatcher, as far as the translation uses it. */
export function matchesString({ exact, prefix, suffix, contains, safeRegex }: StringMatcher, text: string): boolean {
  if (exact !== undefined) return text === exact;
  if (prefix !== undefined) return text.startsWith(prefix);
  if (suffix !== undefined) return text.endsWith(suffix);
  if (contains !== undefined) return text.includes(contains);
  return safeRegex !== undefined && matchesWhole(safeRegex.regex, text);
}
