/**
 * The name under which the rate limit service knows a proxy's domain. A request to it carries no proxy, so the domain does:
 * as it is for the main proxy, behind `<proxy>/` for others.
 */
export function rateLimitDomain(proxyName: string, domain: string, mainProxy: string): string {
  return proxyName === mainProxy ? domain : `${proxyName}/${domain}`;
}
