import { HttpFilter } from '../../../../gen/envoy-api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager';
import type { Any } from '../../../../gen/envoy-api/google/protobuf/any';

/**
 * A filter that stands in every connection manager and acts only where a route carries a configuration for it
 * (HttpFilter.disabled), so that attaching it never changes a listener and so never drains a connection.
 */
export function disabledFilter(name: string, typedConfig: Any): HttpFilter {
  return HttpFilter.fromPartial({ name, typedConfig, disabled: true });
}
