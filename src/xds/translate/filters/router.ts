import { HttpFilter } from '../../../../gen/envoy-api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager';
import { Router } from '../../../../gen/envoy-api/envoy/extensions/filters/http/router/v3/router';
import { pack } from '../../resource';

/** Always the last. */
export const routerFilter: HttpFilter = HttpFilter.fromPartial({
  name: 'envoy.filters.http.router',
  typedConfig: pack(Router, Router.fromPartial({})),
});
