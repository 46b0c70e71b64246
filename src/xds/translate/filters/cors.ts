import type { HttpFilter } from '../../../../gen/envoy-api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager';
import { Cors, CorsPolicy as EnvoyCorsPolicy } from '../../../../gen/envoy-api/envoy/extensions/filters/http/cors/v3/cors';
import type { StringMatcher } from '../../../../gen/envoy-api/envoy/type/matcher/v3/string';
import { StringMatcher as StringMatcherCodec } from '../../../../gen/envoy-api/envoy/type/matcher/v3/string';
import type { Any } from '../../../../gen/envoy-api/google/protobuf/any';
import type { CorsPolicy } from '../../../gateway';
import { pack } from '../../resource';
import { disabledFilter } from './disabled-filter';

export const CORS_FILTER = 'envoy.filters.http.cors';

export const corsFilter: HttpFilter = disabledFilter(CORS_FILTER, pack(Cors, Cors.fromPartial({})));

/** vh_filter_cors as envoy.extensions.filters.http.cors.v3.CorsPolicy; the origins in the order that they are given in. */
export function corsPerRoute(policy: CorsPolicy): Any {
  return pack(
    EnvoyCorsPolicy,
    EnvoyCorsPolicy.fromPartial({
      allowOriginStringMatch: policy.origins.map(origin),
      allowMethods: policy.allowMethods,
      allowHeaders: policy.allowHeaders,
      exposeHeaders: policy.exposeHeaders,
      maxAge: policy.maxAge,
    }),
  );
}

function origin({ kind, value }: CorsPolicy['origins'][number]): StringMatcher {
  return StringMatcherCodec.fromPartial(kind === 'regex' ? { safeRegex: { regex: value } } : { [kind]: value });
}
