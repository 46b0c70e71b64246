import { rateLimitDomain } from '../../gateway';
import type { ProxyModel } from '../../gateway';

/** The domain of the original, used when a proxy has configured none. */
const DEFAULT_DOMAIN = 'enroute';

/** The domain that a proxy's requests are limited in: its configuration with the lowest id names it. */
export function defaultRateLimitDomain(proxy: Pick<ProxyModel, 'name' | 'rateLimits'>, mainProxy: string): string {
  return rateLimitDomain(proxy.name, proxy.rateLimits[0]?.domain ?? DEFAULT_DOMAIN, mainProxy);
}
