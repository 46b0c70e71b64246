import {
  RateLimitConfig,
  RateLimitDescriptor,
  RateLimitPolicy,
  RateLimitUnit,
} from '../../../gen/envoy-api/ratelimit/config/ratelimit/v3/rls_conf';
import type { ProxyModel } from '../../gateway';
import { encodeResource, typeUrlOf } from '../resource';
import type { Resource } from '../resource';

type DomainConfig = ProxyModel['rateLimits'][number];
type Rule = DomainConfig['descriptors'][number];
type Unit = NonNullable<Rule['limit']>['unit'];

/** What envoyproxy/ratelimit asks for. */
export const RATE_LIMIT_CONFIG = typeUrlOf(RateLimitConfig);

/** One domain of all proxies, under the name that requests carry. */
export type RateLimitDomain = Pick<DomainConfig, 'domain' | 'descriptors'>;

/** ratelimit.config.ratelimit.v3.RateLimitConfig of a domain, named by it. */
export function rateLimitConfig({ domain, descriptors }: RateLimitDomain): Resource {
  const message = RateLimitConfig.fromPartial({ name: domain, domain, descriptors: descriptors.map(descriptor) });
  return encodeResource(domain, RateLimitConfig, message);
}

function descriptor({ key, value, limit, descriptors }: Rule): RateLimitDescriptor {
  return RateLimitDescriptor.fromPartial({
    key,
    ...(value !== undefined && { value }),
    ...(limit && { rateLimit: policy(limit) }),
    descriptors: descriptors.map(descriptor),
  });
}

/** The service refuses a unit beside unlimited. */
function policy({ unit, requestsPerUnit, unlimited }: NonNullable<Rule['limit']>): RateLimitPolicy {
  return RateLimitPolicy.fromPartial(unlimited ? { unlimited } : { unit: UNITS[unit], requestsPerUnit });
}

const UNITS: Readonly<Record<Unit, RateLimitUnit>> = {
  second: RateLimitUnit.SECOND,
  minute: RateLimitUnit.MINUTE,
  hour: RateLimitUnit.HOUR,
  day: RateLimitUnit.DAY,
  week: RateLimitUnit.WEEK,
  month: RateLimitUnit.MONTH,
  year: RateLimitUnit.YEAR,
};
