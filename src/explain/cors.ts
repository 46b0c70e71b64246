import { CorsPolicy } from '../../gen/envoy-api/envoy/extensions/filters/http/cors/v3/cors';
import type { SeenRequest } from './request';
import { matchesString } from './string-match';

/** What envoy.filters.http.cors does with a request, and the status with which it answers a preflight itself. */
export function explainCors(config: Uint8Array, request: SeenRequest): { does: string; answered?: number } {
  const origin = request.headers.get('origin');
  if (!origin) return { does: 'nothing: the request has no Origin' };
  const allowed = CorsPolicy.decode(config).allowOriginStringMatch;
  // An allowed origin of `*` allows all.
  if (!allowed.some((matcher) => matchesString(matcher, '*') || matchesString(matcher, origin)))
    return { does: `adds nothing: the origin ${origin} is not allowed` };
  if (request.method === 'OPTIONS' && request.headers.get('access-control-request-method'))
    return { does: `answers the preflight of ${origin}`, answered: 200 };
  return { does: `lets pages of ${origin} read the answer` };
}
