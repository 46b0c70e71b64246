import { HeaderValueOption_HeaderAppendAction } from '../../../gen/envoy-api/envoy/config/core/v3/base';
import type { Route } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import { Route as Codec } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';

/** Names the object for which a route is not served. */
export const BROKEN_HEADER = 'x-enroute-broken';

/**
 * In place of a route that cannot be served as it is stored: 503, and in a header what has to be mended. Without it the
 * request would go to another route, or through without what was to protect it.
 * @param object e.g. `filter auth`
 */
export function brokenRoute({ name, match }: Pick<Route, 'name' | 'match'>, object: string): Route {
  return Codec.fromPartial({
    name,
    match,
    directResponse: { status: 503, body: { inlineString: 'This route is not served: its configuration has to be mended.\n' } },
    responseHeadersToAdd: [
      {
        header: { key: BROKEN_HEADER, value: headerValue(object) },
        appendAction: HeaderValueOption_HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD,
      },
    ],
  });
}

/** Printable ASCII, other characters percent-encoded; Envoy reads % as the beginning of a command unless it is doubled. */
function headerValue(text: string): string {
  const safe = text.replace(/[^\x20-\x24\x26-\x7e]/gu, (character) => encodeURIComponent(character));
  return safe.slice(0, 500).replaceAll('%', '%%');
}
