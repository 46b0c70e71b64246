import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { GatewayError } from '../errors';

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

/** Refuses a request without the admin secret. @throws GatewayError unauthorized */
export function requireSecret(headers: IncomingHttpHeaders, secret: string): void {
  const bearer = /^bearer +(.*)$/i.exec(headers.authorization ?? '')?.[1];
  const given = [bearer, headers['x-hasura-admin-secret']].filter((value) => typeof value === 'string');
  if (!given.some((value) => equal(value, secret))) {
    throw new GatewayError('unauthorized', 'the admin secret is missing or wrong: send Authorization: Bearer <secret>');
  }
}

/** `localhost`, 127.0.0.0/8 and ::1; IPv6 with or without brackets. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
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

/** Takes the same time wherever the texts differ. */
function equal(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
