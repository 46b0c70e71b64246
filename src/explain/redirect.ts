import type { RedirectAction, RouteMatch } from '../../gen/envoy-api/envoy/config/route/v3/route_components';
import { RedirectAction_RedirectResponseCode as Code } from '../../gen/envoy-api/envoy/config/route/v3/route_components';
import { replaceAll } from './regex';
import type { SeenRequest } from './request';
import { withoutQuery } from './request';

/** The status of an envoy.config.route.v3.RedirectAction. */
export function redirectStatus({ responseCode }: RedirectAction): number {
  switch (responseCode) {
    case Code.FOUND:
      return 302;
    case Code.SEE_OTHER:
      return 303;
    case Code.TEMPORARY_REDIRECT:
      return 307;
    case Code.PERMANENT_REDIRECT:
      return 308;
    default:
      return 301;
  }
}

/**
 * The Location of a redirect. A prefix rewrite and a regular expression change the path before anything else; a path of
 * the redirect's own keeps the request's query, unless it has one itself.
 */
export function redirectLocation(redirect: RedirectAction, match: RouteMatch, request: SeenRequest): string {
  const scheme = redirect.schemeRedirect || (redirect.httpsRedirect ? 'https' : request.scheme);
  const port = redirect.portRedirect === 0 ? '' : `:${redirect.portRedirect}`;
  const host = redirect.hostRedirect || requestHost(request, scheme, port);
  const path = redirectPath(redirect, match, request);
  return `${scheme}://${host}${port}${path.startsWith('/') ? '' : '/'}${path}`;
}

/** The Location of a direct response of status 201 or 3xx: Envoy adds one, the request's own URL. */
export function ownLocation({ scheme, host, path }: SeenRequest): string {
  return `${scheme}://${host}${path}`;
}

function redirectPath(redirect: RedirectAction, match: RouteMatch, request: SeenRequest): string {
  const own = redirect.pathRedirect ?? '';
  const path = own === '' ? rewrittenPath(redirect, match, request.path) : own;
  if (own.includes('?')) return own;
  if (redirect.stripQuery) return withoutQuery(path);
  return own === '' ? path : own + request.path.slice(withoutQuery(request.path).length);
}

function rewrittenPath({ prefixRewrite, regexRewrite }: RedirectAction, match: RouteMatch, path: string): string {
  const bare = withoutQuery(path);
  // Of a path that is matched by a regular expression, all of it is the prefix.
  if (prefixRewrite) return prefixRewrite + path.slice(match.prefix?.length ?? bare.length);
  if (!regexRewrite?.pattern) return path;
  // When nothing is left of it, Envoy leaves the path as it is.
  return (replaceAll(regexRewrite.pattern.regex, bare, regexRewrite.substitution) || bare) + path.slice(bare.length);
}

/** The request's Host; its port goes when the redirect has another, or when it is the default of a scheme that is left. */
function requestHost({ host, scheme }: SeenRequest, newScheme: string, newPort: string): string {
  const colon = host.lastIndexOf(':');
  if (colon <= host.lastIndexOf(']')) return host;
  const isDefault = host.slice(colon) === (scheme === 'https' ? ':443' : ':80');
  return newPort !== '' || (newScheme !== scheme && isDefault) ? host.slice(0, colon) : host;
}
