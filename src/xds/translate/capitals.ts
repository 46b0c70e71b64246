import { Route, VirtualHost } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import type { Any } from '../../../gen/envoy-api/google/protobuf/any';
import { encodeResource } from '../resource';
import { disabledFilters } from './connection-manager';
import { ENABLED } from './filters/disabled-filter';
import { luaPerRoute } from './filters/lua';
import { SCOPE_FILTER } from './filters/scope';
import { CAPITALS, IPV6 } from './names';
import { SCOPE_HEADER, suffixesOf } from './scope';
import type { HostRoutes } from './virtual-host';

/**
 * The routes of hosts that are written with capitals: a script names the scope of the host in lower case, and Envoy looks for
 * the routes again, in that scope. Which filters a request passes is settled by then, so all that a route may want are on.
 */
export function capitalHosts(wildcards: Iterable<string>): HostRoutes {
  const enabled = disabledFilters.map((name): [string, Any] => [name, ENABLED]);
  const notFound = Route.fromPartial({ name: 'none', match: { prefix: '/' }, directResponse: { status: 404 } });
  const message = VirtualHost.fromPartial({
    name: CAPITALS,
    domains: ['*'],
    routes: [notFound],
    typedPerFilterConfig: Object.fromEntries([...enabled, [SCOPE_FILTER, luaPerRoute(script(suffixesOf(wildcards)))]]),
  });
  return { virtualHost: encodeResource(CAPITALS, VirtualHost, message), clusters: [], leadToTls: false };
}

/** Gives the same scope as `scopeExpression`. Hosts hold nothing that ends a quoted text. */
function script(suffixes: readonly string[]): string {
  return `local suffixes = {${suffixes.map((suffix) => `"${suffix}"`).join(', ')}}

function envoy_on_request(request)
  local scope = string.lower(string.match(request:headers():get(":authority"), "^[^:]*"))
  if string.sub(scope, 1, 1) == "${IPV6}" then scope = "${IPV6}" end
  for _, suffix in ipairs(suffixes) do
    if #scope > #suffix and string.sub(scope, -#suffix) == suffix then
      scope = "*" .. suffix
      break
    end
  end
  request:headers():replace("${SCOPE_HEADER}", scope)
  request:clearRouteCache()
end
`;
}
