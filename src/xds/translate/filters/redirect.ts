import {
  RedirectAction,
  RedirectAction_RedirectResponseCode as Code,
} from '../../../../gen/envoy-api/envoy/config/route/v3/route_components';
import type { Redirect } from '../../../gateway';

const CODES: Readonly<Record<Redirect['responseCode'], Code>> = {
  301: Code.MOVED_PERMANENTLY,
  302: Code.FOUND,
  303: Code.SEE_OTHER,
  307: Code.TEMPORARY_REDIRECT,
  308: Code.PERMANENT_REDIRECT,
};

/** route_filter_redirect. A prefix rewrite wins over the path; with a regular expression the path is what its matches become. */
export function redirectAction(filter: Redirect): RedirectAction {
  return RedirectAction.fromPartial({
    schemeRedirect: filter.scheme || undefined,
    hostRedirect: filter.host,
    portRedirect: filter.port,
    ...pathRewrite(filter),
    responseCode: CODES[filter.responseCode],
    stripQuery: filter.stripQuery,
  });
}

function pathRewrite(filter: Redirect): Partial<RedirectAction> {
  if (filter.prefixRewrite) return { prefixRewrite: filter.prefixRewrite };
  if (filter.regex) return { regexRewrite: { pattern: { regex: filter.regex }, substitution: filter.path } };
  return filter.path ? { pathRedirect: filter.path } : {};
}

/** Plain requests of a host that is served over TLS. */
export function httpsRedirect(port: number): RedirectAction {
  return RedirectAction.fromPartial({ httpsRedirect: true, portRedirect: port });
}
