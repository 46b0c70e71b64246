import type { IncomingHttpHeaders } from 'node:http';
import { GatewayError } from '../errors';
import { isLoopback } from '../loopback';

/** How nearly every client calls this machine: to look at a Host that is written so takes no parser of URLs. */
const LOCAL = /^(localhost|127\.0\.0\.1)(:\d+)?$/;

/**
 * Refuses what a browser sends on behalf of a page of another origin, unless `isAllowed` says that this origin may: any page
 * may post forms to localhost, and a name that is made to resolve to 127.0.0.1 makes it look same-origin. Programs send none
 * of these headers.
 * @throws GatewayError forbidden_origin
 */
export function refuseForeignPages(
  headers: IncomingHttpHeaders,
  boundToLoopback: boolean,
  isAllowed: (origin: string) => boolean = () => false,
): void {
  const { host, origin } = headers;
  const allowed = origin !== undefined && isAllowed(origin);
  if (!allowed && headers['sec-fetch-site'] === 'cross-site')
    throw new GatewayError('forbidden_origin', 'requests of pages of another site are refused');
  if (!allowed && origin !== undefined && !sameHost(origin, host)) {
    throw new GatewayError(
      'forbidden_origin',
      `requests of pages of ${JSON.stringify(origin)} are refused: their host is not ${JSON.stringify(host ?? '')}`,
    );
  }
  if (boundToLoopback && host !== undefined && !LOCAL.test(host) && !isLoopback(hostName(host))) {
    throw new GatewayError(
      'forbidden_origin',
      `the Host ${JSON.stringify(host)} is refused while ADMIN_HOST is a loopback address: use localhost or 127.0.0.1`,
    );
  }
}

function sameHost(origin: string, host: string | undefined): boolean {
  if (!URL.canParse(origin) || host === undefined) return false;
  const { protocol, host: originHost } = new URL(origin);
  const asked = `${protocol}//${host}`;
  return originHost !== '' && URL.canParse(asked) && new URL(asked).host === originHost;
}

function hostName(host: string): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host;
}
