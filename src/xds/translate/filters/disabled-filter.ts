import { HttpFilter } from '../../../../gen/envoy-api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager';
import { FilterConfig } from '../../../../gen/envoy-api/envoy/config/route/v3/route_components';
import type { Any } from '../../../../gen/envoy-api/google/protobuf/any';
import { pack } from '../../resource';

/**
 * A filter that stands in every connection manager and acts only where a route carries a configuration for it
 * (HttpFilter.disabled), so that attaching it never changes a listener and so never drains a connection.
 */
export function disabledFilter(name: string, typedConfig: Any): HttpFilter {
  return HttpFilter.fromPartial({ name, typedConfig, disabled: true });
}

/** Lets such a filter act on a route or virtual host with what the connection manager says of it. */
export const ENABLED: Any = pack(FilterConfig, FilterConfig.fromPartial({ config: {} }));
