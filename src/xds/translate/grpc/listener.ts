import { Listener } from '../../../../gen/envoy-api/envoy/config/listener/v3/listener';
import { HttpConnectionManager } from '../../../../gen/envoy-api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager';
import { encodeResource, pack } from '../../resource';
import type { Resource } from '../../resource';
import { ADS } from '../config-source';
import { routerFilter } from '../filters/router';
import { refusalClusterName } from './names';

/** What `xds:///<name>` asks for: an API listener with its routes and, as the last filter, the router (gRFC A27, A39). */
export function apiListener(name: string, routeConfigName: string): Resource {
  return listenerOf(
    name,
    HttpConnectionManager.fromPartial({ rds: { routeConfigName, configSource: ADS }, httpFilters: [routerFilter] }),
  );
}

/**
 * The listener of a service that clients are not given. Told that it does not exist, clients go on with the listener that they
 * have or wait for many seconds; with this one every call fails at once with UNAVAILABLE and words that hold the reason.
 */
export function refusalListener(name: string, reason: string): Resource {
  const route = { match: { prefix: '' }, route: { cluster: refusalClusterName(reason) } };
  return listenerOf(
    name,
    HttpConnectionManager.fromPartial({
      routeConfig: { name: 'refused', virtualHosts: [{ name: 'refused', domains: ['*'], routes: [route] }] },
      httpFilters: [routerFilter],
    }),
  );
}

function listenerOf(name: string, manager: HttpConnectionManager): Resource {
  const apiListener = { apiListener: pack(HttpConnectionManager, { ...manager, statPrefix: name }) };
  return encodeResource(name, Listener, Listener.fromPartial({ name, apiListener }));
}
