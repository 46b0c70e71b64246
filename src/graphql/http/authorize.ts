import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { RequestError } from '../errors';

/** The name of the role that asks. Who asks as `admin` may do everything. */
export type Role = string;

/**
 * Decides by the headers who asks (contract 10). Without a configured secret everybody is the administrator unless
 * `x-hasura-role` says otherwise.
 * @throws RequestError when the secret is missing or wrong.
 */
export function authorize(headers: IncomingHttpHeaders, adminSecret: string | undefined): Role {
  if (adminSecret !== undefined) {
    const given =
      single(headers['x-hasura-admin-secret']) ?? single(headers['x-hasura-access-key']) ?? bearer(headers.authorization);
    if (given === undefined) throw denied('"x-hasura-admin-secret"/"x-hasura-access-key" required, but not found');
    if (!isEqual(given, adminSecret)) throw denied('invalid "x-hasura-admin-secret"/"x-hasura-access-key"');
  }
  return single(headers['x-hasura-role']) ?? 'admin';
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function bearer(value: string | undefined): string | undefined {
  return /^bearer (.*)$/i.exec(value ?? '')?.[1];
}

function denied(message: string): RequestError {
  return new RequestError('access-denied', '$', message, { status: 401 });
}

/** Compared in a time that does not depend on where they differ. */
function isEqual(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
