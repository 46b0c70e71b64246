import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { GatewayError } from '../errors';

/** Who calls: the administrator, or the viewer, who reads everything but private keys and changes nothing. */
export type Caller = 'admin' | 'viewer';

/** What may be asked of a caller: a page can also be opened in a browser, which sends a secret as the password of Basic. */
export type Door = 'api' | 'page';

/**
 * Who calls, by the headers; without a configured secret it is the administrator, unless `x-hasura-role` says otherwise.
 * @throws GatewayError unauthorized for a missing or wrong secret, forbidden for a role that has no permissions
 */
export function callerOf(headers: IncomingHttpHeaders, secret: string | undefined, door: Door = 'api'): Caller {
  if (secret !== undefined && !givenSecrets(headers, door).some((given) => isEqual(given, secret))) {
    throw new GatewayError(
      'unauthorized',
      'the admin secret is missing or wrong: send Authorization: Bearer <secret> or x-hasura-admin-secret: <secret>',
    );
  }
  const role = headers['x-hasura-role'] ?? 'admin';
  if (role !== 'admin' && role !== 'viewer')
    throw new GatewayError('forbidden', `the role ${JSON.stringify(role)} may see nothing here: roles are admin and viewer`);
  return role;
}

/** What a refused caller is asked for: a browser that opens a page then asks its user. */
export function challenge(door: Door): string {
  return door === 'page' ? 'Basic realm="enroute-gateway: any user, the admin secret as password", charset="UTF-8"' : 'Bearer';
}

function givenSecrets({ authorization = '', 'x-hasura-admin-secret': own }: IncomingHttpHeaders, door: Door): string[] {
  const bearer = /^bearer +(.*)$/i.exec(authorization)?.[1];
  const basic = door === 'page' ? /^basic +([\w+/=]+)$/i.exec(authorization)?.[1] : undefined;
  const password =
    basic &&
    Buffer.from(basic, 'base64')
      .toString()
      .replace(/^[^:]*:/, '');
  return [bearer, own, password].filter((value) => typeof value === 'string');
}

/** Takes the same time wherever the texts differ. */
function isEqual(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
