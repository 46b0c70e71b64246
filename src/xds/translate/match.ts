import type { HeaderMatcher, RouteMatch as EnvoyRouteMatch } from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import {
  HeaderMatcher as HeaderMatcherCodec,
  RouteMatch as Codec,
} from '../../../gen/envoy-api/envoy/config/route/v3/route_components';
import type { HeaderMatch, RouteMatch } from '../../gateway';

/** envoy.config.route.v3.RouteMatch: Envoy's plain string prefix, or a regular expression that must match the whole path. */
export function routeMatch({ path, headers }: RouteMatch): EnvoyRouteMatch {
  return Codec.fromPartial({
    ...(path.kind === 'regex' ? { safeRegex: { regex: path.value } } : { prefix: path.value }),
    headers: headers.map(headerMatcher),
  });
}

/** A header that is absent does match the two tests that deny. */
function headerMatcher({ name, test, value }: HeaderMatch): HeaderMatcher {
  switch (test) {
    case 'present':
      return HeaderMatcherCodec.fromPartial({ name, presentMatch: true });
    case 'exact':
      return HeaderMatcherCodec.fromPartial({ name, stringMatch: { exact: value } });
    case 'notexact':
      return HeaderMatcherCodec.fromPartial({
        name,
        stringMatch: { exact: value },
        invertMatch: true,
        treatMissingHeaderAsEmpty: true,
      });
    case 'contains':
      return HeaderMatcherCodec.fromPartial({ name, stringMatch: { contains: value } });
    case 'notcontains':
      return HeaderMatcherCodec.fromPartial({
        name,
        stringMatch: { contains: value },
        invertMatch: true,
        treatMissingHeaderAsEmpty: true,
      });
  }
}
