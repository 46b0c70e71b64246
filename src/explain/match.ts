import type { HeaderMatcher, RouteMatch } from '../../gen/envoy-api/envoy/config/route/v3/route_components';
import { matchesWhole } from './regex';
import type { SeenRequest } from './request';
import { withoutQuery } from './request';
import { matchesString } from './string-match';

/** The conditions of an envoy.config.route.v3.RouteMatch that a request does not meet, in words; empty when it matches. */
export function unmetConditions(match: RouteMatch, request: SeenRequest): string[] {
  return [...unmetPath(match, withoutQuery(request.path)), ...match.headers.flatMap((header) => unmetHeader(header, request))];
}

function unmetPath({ prefix, safeRegex }: RouteMatch, path: string): string[] {
  const shown = JSON.stringify(path);
  if (safeRegex) {
    return matchesWhole(safeRegex.regex, path) ? [] : [`the path ${shown} as a whole does not match ${safeRegex.regex}`];
  }
  return path.startsWith(prefix ?? '') ? [] : [`the path ${shown} does not begin with ${prefix}`];
}

/** envoy.config.route.v3.HeaderMatcher, as far as the translation uses it. */
function unmetHeader(matcher: HeaderMatcher, { headers }: SeenRequest): string[] {
  const { name, stringMatch, presentMatch, invertMatch, treatMissingHeaderAsEmpty } = matcher;
  const value = headers.get(name.toLowerCase());
  const shown = value === undefined ? 'is absent' : `is ${JSON.stringify(value)}`;
  if (presentMatch !== undefined) {
    const met = (value !== undefined) === presentMatch;
    return met !== invertMatch ? [] : [`the header ${name} ${shown}`];
  }
  if (!stringMatch) throw new Error(`the condition on the header ${name} is of no kind that is known`);
  const compared = value ?? (treatMissingHeaderAsEmpty ? '' : undefined);
  if (compared !== undefined && matchesString(stringMatch, compared) !== invertMatch) return [];
  const wanted = stringMatch.exact === undefined ? ['contain', stringMatch.contains] : ['be', stringMatch.exact];
  return [`the header ${name} must ${invertMatch ? 'not ' : ''}${wanted[0]} ${JSON.stringify(wanted[1])}, and ${shown}`];
}
