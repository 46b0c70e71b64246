import type { IncomingMessage, ServerResponse } from 'node:http';

/** Whose pages may call: `*`, or origins, in which `*.` stands for any subdomains. Nobody's when undefined. */
export type AllowedOrigins = readonly string[] | undefined;

const HEADERS = 'content-type, authorization, x-hasura-admin-secret, x-hasura-role, x-request-id';
const PREFLIGHT_SECONDS = 86_400;

export function allowsOrigin(allowed: AllowedOrigins, origin: string): boolean {
  return (allowed ?? []).some((each) => {
    if (each === '*' || each === origin) return true;
    const [scheme, domain] = each.split('://*.');
    return domain !== undefined && origin.startsWith(`${scheme}://`) && origin.endsWith(`.${domain}`);
  });
}

/** Sets the CORS headers for an allowed page's request. @returns whether it was a preflight, which is answered then */
export function answerCors(allowed: AllowedOrigins, request: IncomingMessage, response: ServerResponse): boolean {
  const { origin } = request.headers;
  if (allowed === undefined || origin === undefined) return false;
  response.setHeader('Vary', 'Origin');
  if (!allowsOrigin(allowed, origin)) return false;
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  response.setHeader('Access-Control-Expose-Headers', 'x-request-id');
  if (request.method !== 'OPTIONS') return false;
  response.writeHead(204, {
    'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
    'Access-Control-Allow-Headers': request.headers['access-control-request-headers'] ?? HEADERS,
    'Access-Control-Max-Age': PREFLIGHT_SECONDS,
  });
  response.end();
  return true;
}
