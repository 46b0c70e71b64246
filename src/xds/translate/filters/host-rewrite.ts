import type { RouteAction } from '../../../../gen/envoy-api/envoy/config/route/v3/route_components';
import type { RouteFilters } from '../../../gateway';

/** route_filter_host_rewrite: a literal host, or one made from the path by a regular expression. */
export function hostRewrite(filter: RouteFilters['hostRewrite']): Partial<RouteAction> {
  if (!filter) return {};
  const { patternRegex, substitution } = filter;
  return patternRegex
    ? { hostRewritePathRegex: { pattern: { regex: patternRegex }, substitution } }
    : { hostRewriteLiteral: substitution };
}
