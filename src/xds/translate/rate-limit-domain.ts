import type { ProxyModel } from '../../gateway';

/** The domain of the original, used when a proxy has configured none. */
const DEFAULT_DOMAIN = 'enroute';

/**
 * The domain that a proxy's requests are limited in. A request to the rate limit service carries no proxy, so the domain
 * does: as it is for the main proxy, behind `<proxy>/` for others. The configuration with the lowest id names it.
 */
export function defaultRateLimitDomain(proxy: Pick<ProxyModel, 'name' | 'rateLimits'>, mainProxy: string): string {
  const domain = proxy.rateLimits[0]?.domain ?? DEFAULT_DOMAIN;
  return proxy.name === mainProxy ? domain : `${proxy.name}/${domain}`;
}
